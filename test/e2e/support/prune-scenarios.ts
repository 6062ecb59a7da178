import { expect } from "bun:test"
import { readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { World } from "../../support/world.ts"
import { runAim } from "./run-aim.ts"
import type { Scenario } from "./scenario.ts"

const homeOf = (world: World) => join(world.home, "studio")
const stateOf = (world: World) => join(homeOf(world), ".aimgr", "secrets.json")

async function there(world: World, ...words: string[]): Promise<void> {
  const result = await runAim(words, { home: homeOf(world), env: world.env })
  expect(result.code, result.stdout + result.stderr).toBe(0)
}

async function edited(file: string, change: object): Promise<void> {
  const tree = JSON.parse(await readFile(file, "utf8"))
  await writeFile(file, JSON.stringify({ ...tree, ...change }, null, 2))
}

/** The login is in the client and in the consumer's vault, and nowhere at the authority any more. */
async function goneThere(world: World, label: string): Promise<void> {
  await there(world, "account", "remove", label, "--yes")
  await rm(join(homeOf(world), "logins", label), { recursive: true })
}

/** Something else stands in each of the files, so that they stay. */
export const PRUNE_SCENARIOS: Record<string, Scenario> = {
  "a prune of Codex's login": {
    accounts: [{ name: "boss" }, { name: "qa" }],
    prepare: async (world) => {
      const label = async (account: string) => {
        const { dir } = await world.login(account, { dir: join(homeOf(world), "logins", account) })
        await there(world, "codex", "capture", account, "--source-home", dir)
      }
      await label("boss")
      await world.json(`sync codex --from ${stateOf(world)}`)
      await world.json("codex use")
      await label("qa")
      await edited(join(world.home, ".codex", "auth.json"), { OPENAI_API_KEY: "sk-synthetic" })
      await goneThere(world, "boss")
    },
    command: async (world) => `sync codex --from ${stateOf(world)} --prune-live`,
  },
  "a prune of Claude Code's login": {
    claudeAccounts: [{ name: "lessons" }, { name: "work" }],
    prepare: async (world) => {
      for (const account of ["lessons", "work"]) {
        const dir = join(homeOf(world), "logins", account)
        await world.claudeLogin(account, { dir })
        await there(world, "claude", "capture-native", account, "--source-home", dir)
      }
      await world.json(`sync claude --from ${stateOf(world)}`)
      await world.json("claude use lessons")
      await edited(join(world.home, ".claude", ".credentials.json"), { mcpOAuth: { x: 1 } })
      await goneThere(world, "lessons")
    },
    command: async (world) => `sync claude --from ${stateOf(world)} --prune-live`,
    sparesNewLocks: true,
  },
}
