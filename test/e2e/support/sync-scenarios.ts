import { expect } from "bun:test"
import { join } from "node:path"
import type { World } from "../../support/world.ts"
import { runAim } from "./run-aim.ts"
import type { Scenario } from "./scenario.ts"

const homeOf = (world: World) => join(world.home, "studio")
const stateOf = (world: World) => join(homeOf(world), ".aimgr", "secrets.json")

/** A login as a label of the authority, which lives below the consumer's home here. */
async function labelThere(world: World, account: string): Promise<void> {
  const { dir } = await world.login(account, { dir: join(homeOf(world), "logins", account) })
  const words = ["codex", "capture", account, "--source-home", dir]
  const result = await runAim(words, { home: homeOf(world), env: world.env })
  expect(result.code, result.stdout + result.stderr).toBe(0)
}

export const SYNC_SCENARIOS: Record<string, Scenario> = {
  "a first import": {
    accounts: [{ name: "boss" }],
    prepare: (world) => labelThere(world, "boss"),
    command: async (world) => `sync codex --from ${stateOf(world)}`,
  },
  "an import of a newer login, which the client follows": {
    accounts: [{ name: "boss" }],
    prepare: async (world) => {
      await labelThere(world, "boss")
      await world.json(`sync codex --from ${stateOf(world)}`)
      await world.json("codex use")
      await labelThere(world, "boss")
    },
    command: async (world) => `sync codex --from ${stateOf(world)}`,
  },
  "an import of a label that was renamed there, which the client is on": {
    accounts: [{ name: "boss" }],
    prepare: async (world) => {
      await labelThere(world, "boss")
      await world.json(`sync codex --from ${stateOf(world)}`)
      await world.json("codex use")
      const words = ["account", "rename", "boss", "chief", "--yes"]
      const result = await runAim(words, { home: homeOf(world), env: world.env })
      expect(result.code, result.stdout + result.stderr).toBe(0)
    },
    command: async (world) => `sync codex --from ${stateOf(world)}`,
  },
  "a promotion": {
    accounts: [{ name: "boss" }],
    prepare: async (world) => {
      await labelThere(world, "boss")
      await world.json(`sync codex --from ${stateOf(world)}`)
      await world.label("boss")
    },
    command: async (world) => `promote codex --to ${stateOf(world)} boss`,
  },
}
