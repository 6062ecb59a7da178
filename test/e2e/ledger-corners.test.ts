import { describe, expect, test } from "bun:test"
import { mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { openWorld, type World } from "../support/world.ts"
import { alter, ledgerFiles, ledgerOf, lived, spoil } from "./support/ledger-homes.ts"
import { COMMANDS, expectGoingOn, runAndLook } from "./support/ledger-looks.ts"

/** What only a look into the tables finds: these commands do not look, or not into that table. */
const BLIND = ["refresh --all --json", "account list --json"]

type Corner = [name: string, arrange: (world: World) => void, unseenBy?: string[]]

describe("a ledger that is set aside and begun anew", () => {
  const cases: Corner[] = [
    ["garbage", (world) => writeFileSync(ledgerOf(world), "no database ".repeat(999))],
    ["a garbage header", (world) => spoil(ledgerOf(world), 0, 100)],
    ["a file cut in the middle of a page", (world) => truncateSync(ledgerOf(world), 9_000)],
    ["broken pages behind a sound header", (world) => spoil(ledgerOf(world), 4_096, 1e6), BLIND],
    [
      "a table that is gone",
      (world) => alter(world, "drop table sample"),
      [...BLIND, "history", "history --json"],
    ],
    [
      "a link to garbage",
      (world) => {
        renameSync(ledgerOf(world), join(world.home, "real.db"))
        symlinkSync(join(world.home, "real.db"), ledgerOf(world))
        truncateSync(join(world.home, "real.db"), 999)
      },
    ],
  ]
  test.each(cases)("%s", async (_, arrange, unseenBy = []) => {
    await using stage = await lived()
    for (const command of COMMANDS) {
      await stage.reset()
      arrange(stage.world)
      const damaged = ledgerFiles(stage.world).get("ledger.db")
      const unseen = unseenBy.includes(command)
      await runAndLook(stage, command, unseen ? null : "ledger_broken")
      const aside = [...ledgerFiles(stage.world)].filter(([name]) =>
        /\.broken-\d+T\d+Z$/.test(name),
      )
      expect(
        aside.map(([, bytes]) => bytes),
        command,
      ).toEqual(unseen ? [] : [damaged ?? ""])
      if (!unseen) await expectGoingOn(stage, command)
    }
  })
})

describe("a ledger that is left alone, while memory serves", () => {
  const cases: [name: string, arrange: (world: World) => void, warning: string][] = [
    ["a newer one", (world) => alter(world, "pragma user_version = 999"), "ledger_newer"],
    [
      "a folder in its place",
      (world) => {
        rmSync(ledgerOf(world))
        mkdirSync(ledgerOf(world))
      },
      "ledger_unusable",
    ],
    [
      "a pipe in its place",
      (world) => {
        rmSync(ledgerOf(world))
        Bun.spawnSync(["mkfifo", ledgerOf(world)])
      },
      "ledger_unusable",
    ],
    [
      "a link to nowhere",
      (world) => {
        rmSync(ledgerOf(world))
        symlinkSync(join(world.home, "gone", "ledger.db"), ledgerOf(world))
      },
      "ledger_unusable",
    ],
  ]
  test.each(cases)("%s", async (_, arrange, warning) => {
    await using stage = await lived()
    for (const command of COMMANDS) {
      await stage.reset()
      arrange(stage.world)
      const before = ledgerFiles(stage.world)
      await runAndLook(stage, command, warning)
      expect(ledgerFiles(stage.world), command).toEqual(before)
    }
  })
})

test("a ledger that was there and is missing is named once, and begun anew", async () => {
  await using stage = await lived()
  for (const command of COMMANDS) {
    await stage.reset()
    rmSync(ledgerOf(stage.world))
    await runAndLook(stage, command, "ledger_missing")
    await expectGoingOn(stage, command)
  }
})

describe("a ledger that is worth no word", () => {
  test("one that nobody has made yet", async () => {
    await using world = await openWorld([{ name: "boss" }])
    const { warnings } = await world.json<{ warnings: { kind: string }[] }>("status")
    expect(warnings.filter(({ kind }) => kind.startsWith("ledger"))).toEqual([])
    await world.label("boss")
    rmSync(ledgerOf(world))
    const after = await world.json<{ warnings: { kind: string }[] }>("status")
    expect(after.warnings.filter(({ kind }) => kind.startsWith("ledger"))).toEqual([])
  })

  const cases: Corner[] = [
    ["an empty one", (world) => truncateSync(ledgerOf(world), 0)],
    [
      "one with garbage for a WAL",
      (world) => writeFileSync(`${ledgerOf(world)}-wal`, "x".repeat(9_999)),
    ],
    [
      "one behind a link",
      (world) => {
        renameSync(ledgerOf(world), join(world.home, "real.db"))
        symlinkSync(join(world.home, "real.db"), ledgerOf(world))
      },
    ],
  ]
  test.each(cases)("%s", async (_, arrange) => {
    await using stage = await lived()
    for (const command of COMMANDS) {
      await stage.reset()
      arrange(stage.world)
      await runAndLook(stage, command, null)
      await expectGoingOn(stage, command)
    }
  })
})
