import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { World } from "../../support/world.ts"
import { codexRefreshes } from "./codex-client.ts"
import { forgetReadings } from "./forget-readings.ts"
import { quota } from "./quota.ts"
import type { Scenario } from "./scenario.ts"

/** A switch that will really move: `boss` is live, and spent since the last reading. */
async function bossIsLiveAndSpent(world: World): Promise<void> {
  await world.label("boss")
  await world.json("codex use")
  await forgetReadings(world)
  world.sim.setUsage("boss", { primary: { used_percent: 100 } })
}

/** The default run takes these, a long run the rest. */
export const MAIN: Record<string, Scenario> = {
  "a first switch into a home that is not there": {
    accounts: [
      { name: "boss", ...quota(10, 80) },
      { name: "qa", ...quota(10, 20) },
    ],
    prepare: async (world) => {
      await world.label("boss")
      await world.label("qa")
    },
    command: "codex use",
  },
  "a switch away from a label whose pair the client has rotated": {
    accounts: [
      { name: "boss", ...quota(10, 20) },
      { name: "qa", ...quota(10, 80) },
    ],
    prepare: async (world) => {
      await bossIsLiveAndSpent(world)
      await world.label("qa")
      await codexRefreshes(world, world.codexHome)
    },
    command: "codex use",
  },
  "a switch to a label whose access token has run out": {
    accounts: [
      { name: "boss", ...quota(10, 20) },
      { name: "qa", ...quota(10, 40) },
      { name: "spare", ...quota(10, 80) },
    ],
    prepare: async (world) => {
      await bossIsLiveAndSpent(world)
      await world.label("qa", { expiresInSeconds: -60 })
      await world.label("spare")
    },
    command: "codex use",
  },
  "a switch that replaces a stranger's login": {
    accounts: [{ name: "qa" }, { name: "guest" }],
    prepare: async (world) => {
      await world.label("qa")
      await world.login("guest", { dir: world.codexHome })
    },
    command: "codex use --replace-unmanaged",
  },
}

export const REST: Record<string, Scenario> = {
  "a switch that adopts a stranger's login": {
    accounts: [
      { name: "qa", ...quota(10, 20) },
      { name: "guest", ...quota(100, 80) },
    ],
    prepare: async (world) => {
      await world.label("qa")
      await world.login("guest", { dir: world.codexHome })
    },
    command: "codex use --adopt guest",
    again: "codex use --adopt guest",
  },
  "a switch that replaces an API key": {
    accounts: [{ name: "qa" }],
    prepare: async (world) => {
      await world.label("qa")
      await mkdir(world.codexHome, { mode: 0o700 })
      const key = JSON.stringify({ auth_mode: "apikey", OPENAI_API_KEY: "sk-canary" })
      await writeFile(join(world.codexHome, "auth.json"), key, { mode: 0o600 })
    },
    command: "codex use --replace-unmanaged",
  },
}
