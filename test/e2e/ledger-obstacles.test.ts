import { describe, expect, test } from "bun:test"
import { chmodSync } from "node:fs"
import { join } from "node:path"
import type { World } from "../support/world.ts"
import { ledgerFiles, ledgerOf, lived, underRights } from "./support/ledger-homes.ts"
import { COMMANDS, expectGoingOn, runAndLook } from "./support/ledger-looks.ts"
import type { Stage } from "./support/stage.ts"

const HOLDER = join(import.meta.dir, "../ledger/lock-holder.ts")

/** Holds the ledger locked for the time of `work`, whatever that waits for. */
async function whileLocked<T>(world: World, how: string, work: () => Promise<T>): Promise<T> {
  const holder = Bun.spawn([process.execPath, HOLDER, ledgerOf(world), how], {
    stdin: "pipe",
    stdout: "pipe",
  })
  await holder.stdout.getReader().read()
  try {
    return await work()
  } finally {
    await holder.stdin.end()
    await holder.exited
  }
}

/** The last readings of both labels are shown, and nobody was asked for them. */
async function expectReadings(
  stage: Stage,
  warning: string | null,
  through: readonly string[] = [],
): Promise<void> {
  const result = await runAndLook(stage, "status --cached --json", warning, through)
  const { accounts } = result.json() as { accounts: { usage: { windows: unknown[] } }[] }
  expect(accounts.map(({ usage }) => usage.windows.length)).toEqual([2, 2])
}

describe("a ledger that another process keeps", () => {
  test.each([
    ["to itself", "alone", COMMANDS],
    ["from being written", "", ["codex use --json", "status --live --json"]],
  ])("%s costs a warning, a second, and nothing else", async (_, how, commands) => {
    await using stage = await lived()
    const { world } = stage
    for (const command of commands) {
      await stage.reset()
      const free = await timed(() => runAndLook(stage, command, null))
      await stage.reset()
      const locked = await whileLocked(world, how, () =>
        timed(() => runAndLook(stage, command, "ledger_locked")),
      )
      // One second, and what a busy machine makes of it; the old five would be too long on any.
      expect(locked - free, command).toBeLessThan(4_500)
      await expectGoingOn(stage, command)
    }
  })

  test("from being written can still be read, as long as nothing is to be written", async () => {
    await using stage = await lived()
    await whileLocked(stage.world, "", async () => {
      for (const command of ["status --json", "history --json", "account list --json"])
        await runAndLook(stage, command, null)
      await expectReadings(stage, null)
    })
  })
})

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

describe("a ledger without the rights to", () => {
  const folderOf = (world: World) => join(world.home, ".aimgr")

  test("write the file is read; what a command writes is kept in memory, with a warning", async () => {
    await using stage = await lived()
    const { world } = stage
    const through = await underRights(world)
    for (const command of COMMANDS) {
      await stage.reset()
      chmodSync(ledgerOf(world), 0o400)
      const before = ledgerFiles(world).get("ledger.db")
      const writes = command === "codex use --json"
      await runAndLook(stage, command, writes ? "ledger_unusable" : null, through)
      await expectReadings(stage, null, through)
      expect(ledgerFiles(world).get("ledger.db"), command).toBe(before ?? "")
    }
    await runAndLook(stage, "status --live --json", "ledger_unusable", through)
    chmodSync(ledgerOf(world), 0o600)
    await expectGoingOn(stage, "a read-only file")
  })

  test.each([
    ["write its folder", 0o600, 0o500],
    ["write its folder and the file", 0o400, 0o500],
  ])("%s is read as it stands", async (_, fileMode, folderMode) => {
    await using stage = await lived()
    const { world } = stage
    const through = await underRights(world)
    for (const command of COMMANDS) {
      await stage.reset()
      chmodSync(ledgerOf(world), fileMode)
      chmodSync(folderOf(world), folderMode)
      const before = ledgerFiles(world)
      await runAndLook(stage, command, "ledger_unusable", through)
      await expectReadings(stage, "ledger_unusable", through)
      expect(ledgerFiles(world), command).toEqual(before)
      chmodSync(folderOf(world), 0o700)
    }
    chmodSync(ledgerOf(world), 0o600)
    await expectGoingOn(stage, "a read-only folder")
  })

  test("read it is done without", async () => {
    await using stage = await lived()
    const { world } = stage
    const through = await underRights(world)
    for (const command of COMMANDS) {
      await stage.reset()
      chmodSync(ledgerOf(world), 0)
      await runAndLook(stage, command, "ledger_unusable", through)
    }
    chmodSync(ledgerOf(world), 0o600)
    await expectGoingOn(stage, "a file without any right")
  })
})

test("a ledger on a full disk is read as it stands, and goes on when there is room", async () => {
  await using stage = await lived()
  // Room for the vault's file and its backup, none for what SQLite needs beside the ledger.
  const through = ["sh", "-c", `trap '' XFSZ; ulimit -f 40; exec "$0" "$@"`]
  for (const command of [...COMMANDS, "status --live --json"]) {
    await stage.reset()
    await runAndLook(stage, command, "ledger_unusable", through)
    await expectReadings(stage, "ledger_unusable", through)
  }
  await expectGoingOn(stage, "a full disk")
})
