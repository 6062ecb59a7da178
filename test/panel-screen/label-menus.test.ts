import { describe, test } from "bun:test"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { aimScreen } from "../support/aim-screen.ts"
import { expectScreen } from "../support/golden-screen.ts"
import { openWorld, type World } from "../support/world.ts"

const GOLDEN = join(import.meta.dir, "golden")
const golden = (world: World, name: string) =>
  [join(GOLDEN, `${name}.txt`), "Esc leaves.", [[world.home, "~"]]] as const

type Account = Record<string, unknown>

/** A world with the label `boss` as a state file of another day may hold it. */
async function worldWith(change: Account, login: "alive" | "none"): Promise<World> {
  const world = await openWorld([{ name: "boss", email: "boss@example.test" }])
  await world.label("boss")
  const path = join(world.home, ".aimgr/secrets.json")
  const vault = JSON.parse(await readFile(path, "utf8"))
  Object.assign(vault.accounts.boss, change)
  if (login === "none") vault.credentials["openai-codex"] = {}
  await writeFile(path, JSON.stringify(vault))
  return world
}

const BOUND = { reauth: { mode: "browser-managed" }, browser: { mode: "aim-profile" } }
const MANUAL = { reauth: { mode: "manual-callback" } }
const BLOCKED = "identity_mismatch"

describe("the menu of a label", () => {
  test.each([
    ["setup", {}, "none"],
    ["setup-without-its-browser", { reauth: { mode: "browser-managed" } }, "none"],
    ["ready", {}, "alive"],
    ["ready-bound", BOUND, "alive"],
    ["ready-disabled", { ...MANUAL, pool: { enabled: false } }, "alive"],
    ["reauth", MANUAL, "none"],
    ["reauth-bound", BOUND, "none"],
    ["blocked", { reauth: { blockedReason: BLOCKED } }, "alive"],
    ["blocked-bound", { ...BOUND, reauth: { ...BOUND.reauth, blockedReason: BLOCKED } }, "alive"],
    ["claude", { provider: "anthropic" }, "none"],
  ] as const)("%s", async (name, change, login) => {
    await using world = await worldWith(change, login)
    await using screen = await aimScreen(world, { columns: 140, rows: 40 })
    await screen.run("aim boss; echo code $?")
    await expectScreen(screen, ...golden(world, name))
    await screen.press("0")
    await screen.shows("code 0")
  })

  test.each([
    ["ready-narrow", { columns: 30, rows: 60 }],
    ["ready-low", { columns: 80, rows: 14 }],
  ])("in a small terminal: %s", async (name, size) => {
    await using world = await worldWith(MANUAL, "alive")
    await using screen = await aimScreen(world, size)
    await screen.run("aim boss")
    await expectScreen(screen, join(GOLDEN, `${name}.txt`), "Status: ready", [[world.home, "~"]])
  })
})
