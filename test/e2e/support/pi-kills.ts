import { piHome, piLogin, piRefreshes, writePi } from "../../support/pi-home.ts"
import type { World } from "../../support/world.ts"
import { forgetReadings } from "./forget-readings.ts"
import { quota } from "./quota.ts"
import type { Scenario } from "./scenario.ts"

const TWO = [
  { name: "boss", ...quota(10, 80) },
  { name: "qa", ...quota(10, 20) },
]

async function labels(world: World): Promise<void> {
  await world.label("boss")
  await world.label("qa")
}

/** Of each kind of command one: the default run takes these, a long run the rest. */
export const MAIN: Record<string, Scenario> = {
  "a switch away from a label whose pair Pi has rotated, and which Codex holds as well": {
    accounts: TWO,
    prepare: async (world) => {
      await labels(world)
      await world.json("codex use")
      await world.json("pi use")
      await forgetReadings(world)
      world.sim.setUsage("qa", { primary: { used_percent: 100 } })
      await piRefreshes(world)
    },
    command: "pi use",
    sparesNewLocks: true,
  },
  "a refresh of the label that is live in Pi and in Codex, under Pi's own lock": {
    accounts: [{ name: "boss" }],
    prepare: async (world) => {
      await world.label("boss")
      await world.json("codex use")
      await world.json("pi use")
    },
    command: "refresh boss --force",
    sparesNewLocks: true,
  },
  "a capture of what Pi has rotated": {
    accounts: [{ name: "boss" }],
    prepare: async (world) => {
      await piLogin(world, "boss")
      await world.json("pi capture boss")
      await piRefreshes(world)
    },
    command: "pi capture boss",
  },
}

export const REST: Record<string, Scenario> = {
  "a first switch into a home that is not there": {
    accounts: TWO,
    prepare: labels,
    command: "pi use",
    sparesNewLocks: true,
  },
  "a switch that replaces an API key": {
    accounts: [{ name: "qa" }],
    prepare: async (world) => {
      await world.label("qa")
      await writePi(piHome(world.home), '{"openai-codex":{"type":"api_key","key":"sk-canary"}}')
    },
    command: "pi use --replace-unmanaged",
    sparesNewLocks: true,
  },
}
