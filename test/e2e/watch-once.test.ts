import { describe, expect, test } from "bun:test"
import { rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { openWorld, type World } from "../support/world.ts"
import { pass } from "./support/ageing.ts"
import { quota } from "./support/quota.ts"
import { tick } from "./support/tick.ts"
import { holds, watching } from "./support/watching.ts"

const kinds = (findings: readonly { kind: string }[]) => findings.map(({ kind }) => kind)

describe("a tick, by the reference's table of decisions", () => {
  test("1: no active label and no label at all: blocked, and nothing is made", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await world.login("boss", { dir: world.codexHome })
    const { receipt } = await tick(world, 1)
    expect(receipt).toMatchObject({
      status: "blocked",
      currentLabelBefore: null,
      currentLabelAfter: null,
      triggeredSelection: false,
    })
    expect(kinds(receipt.blockers)).toEqual(["no_pool_account_available"])
    expect(await Bun.file(join(world.home, ".aimgr", "secrets.json")).exists()).toBe(false)
  })

  test("2: no active label, but labels: one is chosen and written", async () => {
    await using world = await openWorld([{ name: "boss" }, { name: "qa" }])
    await world.label("boss")
    const { receipt } = await tick(world)
    expect(receipt).toMatchObject({
      action: "codex_watch",
      status: "activated",
      currentLabelBefore: null,
      currentLabelAfter: "boss",
      triggeredSelection: true,
      selectionReceipt: { action: "codex_use", status: "activated", label: "boss" },
      decision: { reason: "best_pace_start" },
    })
    expect(await holds(world)).toBe("boss")
    expect((await world.vault()).targets.codexCli).toMatchObject({
      activeLabel: "boss",
      lastWatchReceipt: { status: "activated", currentLabelAfter: "boss" },
    })
  })

  test.each<[what: string, kind: string, how: (world: World) => Promise<unknown>]>([
    [
      "a login of no label",
      "codex_target_unmanaged_login",
      (world) => world.login("guest", { dir: world.codexHome }),
    ],
    [
      "no login at all",
      "codex_target_missing_auth_file",
      (world) => rm(join(world.codexHome, "auth.json")),
    ],
    [
      "a file without any login",
      "codex_target_missing_provider_entry",
      (world) => writeFile(join(world.codexHome, "auth.json"), '{"OPENAI_API_KEY":null}\n'),
    ],
    [
      "a file that does not parse",
      "codex_target_auth_unreadable",
      (world) => writeFile(join(world.codexHome, "auth.json"), "{"),
    ],
    [
      "a store that aim can't write",
      "codex_target_store_mode_unsupported",
      (world) =>
        writeFile(join(world.codexHome, "config.toml"), 'cli_auth_credentials_store = "keyring"\n'),
    ],
  ])("3: %s in the home: blocked, nothing is touched", async (_, kind, spoil) => {
    await using world = await watching(95)
    await spoil(world)
    const file = Bun.file(join(world.codexHome, "auth.json"))
    const before = (await file.exists()) ? await file.text() : null
    const { receipt } = await tick(world, 1)
    expect(receipt).toMatchObject({ status: "blocked", triggeredSelection: false })
    expect(kinds(receipt.blockers)).toEqual([kind])
    expect((await file.exists()) ? await file.text() : null).toBe(before)
  })

  test("4: the active label's quota can't be read: kept, since unknown is not spent", async () => {
    await using world = await watching(95)
    await pass(world, 60)
    world.sim.addFault({ path: "*", kind: "status", status: 500 })
    const { receipt } = await tick(world)
    expect(receipt).toMatchObject({
      status: "noop",
      currentLabelBefore: "boss",
      currentLabelAfter: "boss",
      primaryRemainingPctBefore: null,
      decision: { reason: "usage_unknown" },
    })
    expect(await holds(world)).toBe("boss")
  })

  test("5: it lasts: kept", async () => {
    await using world = await watching(40)
    const { receipt } = await tick(world)
    expect(receipt).toMatchObject({
      status: "noop",
      thresholdPct: 20,
      primaryRemainingPctBefore: 60,
      secondaryRemainingPctBefore: 80,
      triggeredSelection: false,
      decision: { reason: "lasts" },
    })
    expect(receipt.selectionReceipt).toBeUndefined()
  })

  test("6: it is below the threshold: moved to one that is not", async () => {
    await using world = await watching(85)
    const { receipt } = await tick(world)
    expect(receipt).toMatchObject({
      status: "activated",
      primaryRemainingPctBefore: 15,
      currentLabelBefore: "boss",
      currentLabelAfter: "qa",
      triggeredSelection: true,
      decision: { reason: "below_5h_threshold", numbers: { currentLeft5Pct: 15 } },
    })
    expect(await holds(world)).toBe("qa")
  })

  test("6: but never to one that is no better, and a threshold of 0 is none", async () => {
    await using world = await watching(85, 20, quota(90, 20))
    expect((await tick(world)).receipt).toMatchObject({
      status: "noop",
      decision: { reason: "no_better" },
    })
    const off = await tick(world, 0, "codex watch --once --rotate-below-5h-remaining-pct 0")
    expect(off.receipt).toMatchObject({ thresholdPct: 0, decision: { reason: "lasts" } })
    expect(await holds(world)).toBe("boss")
  })

  test("6: spent with nothing to move to: blocked, and the live login stays", async () => {
    await using world = await watching(100, 100, quota(100, 100))
    const before = await world.auth()
    const { receipt, status } = await tick(world, 1)
    expect(status).toBe("blocked")
    expect(kinds(receipt.blockers)).toEqual(["nothing_can_serve"])
    expect(receipt).toMatchObject({
      triggeredSelection: true,
      selectionReceipt: { status: "blocked" },
      decision: { reason: "nothing_can_serve" },
      currentLabelAfter: "boss",
    })
    expect(await world.auth()).toEqual(before)
  })

  test("the weekly window has a threshold of its own", async () => {
    await using world = await watching(40, 85)
    const args = "codex watch --once --rotate-below-weekly-remaining-pct 30"
    expect((await tick(world, 0, args)).receipt).toMatchObject({
      status: "activated",
      weeklyThresholdPct: 30,
      decision: { reason: "below_weekly_threshold" },
    })
  })
})

test.each([
  ["--once --rotate-below-5h-remaining-pct 101", "0 to 100"],
  ["--once --rotate-below-5h-remaining-pct -1", "needs a value"],
  ["--once --rotate-below-weekly-remaining-pct 2.5", "0 to 100"],
  ["--once --interval-seconds 0", "1 to 86400"],
])("aim codex watch %s is wrong usage", async (args, said) => {
  await using world = await openWorld([])
  const { code, stderr } = await world.aim(`codex watch ${args}`)
  expect(code).toBe(2)
  expect(stderr).toContain(said)
})
