import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { runAim } from "../../e2e/support/run-aim.ts"
import type { Mask } from "../../support/golden-screen.ts"
import { openWorld, type World } from "../../support/world.ts"

/** What a state file says of a label; these are the ways to log in that the panel tells apart. */
export type Account = Record<string, unknown>
export const BOUND: Account = {
  reauth: { mode: "browser-managed" },
  browser: { mode: "aim-profile" },
}
export const MANUAL: Account = { reauth: { mode: "manual-callback" } }

/** A world with the label `boss` as a state file of another day may hold it. */
export async function worldWith(change: Account, login: "alive" | "none"): Promise<World> {
  const world = await openWorld([{ name: "boss", email: "boss@example.test" }, { name: "qa" }])
  await world.label("boss")
  const path = join(world.home, ".aimgr/secrets.json")
  const vault = JSON.parse(await readFile(path, "utf8"))
  Object.assign(vault.accounts.boss, change)
  if (login === "none") {
    vault.credentials["openai-codex"] = {}
    delete vault.targets.codexCli.sourceHomes
  }
  await writeFile(path, JSON.stringify(vault))
  return world
}

/** A world whose label `boss` came from a home below it, and was logged in here since. */
export async function worldWithImported(): Promise<World> {
  const world = await openWorld([{ name: "boss", email: "boss@example.test" }])
  const home = join(world.home, "studio")
  const { dir } = await world.login("boss", { dir: join(home, "login") })
  const words = ["codex", "capture", "boss", "--source-home", dir]
  const { code, stdout, stderr } = await runAim(words, { home, env: world.env })
  if (code !== 0) throw new Error(stdout + stderr)
  await world.json(`sync codex --from ${join(home, ".aimgr", "secrets.json")}`)
  await world.label("boss")
  return world
}

const GOLDEN = join(import.meta.dir, "../golden")

/** The golden picture of that name, which ends in `wanted`; the home is `~` in it. */
export function golden(
  world: World,
  name: string,
  wanted: string | RegExp = "Esc leaves.",
  mask: Mask = [],
): [string, string | RegExp, Mask] {
  return [join(GOLDEN, `${name}.txt`), wanted, [[world.home, "~"], ...mask]]
}
