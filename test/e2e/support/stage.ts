import { rm } from "node:fs/promises"
import { join } from "node:path"
import type { LogEntry } from "../../../src/simulator/request-log.ts"
import type { World } from "../../support/world.ts"

/** A prepared world that can be brought back as often as a test wants; its end is not the world's. */
export type Stage = AsyncDisposable & {
  world: World
  /** For the recording of fault points; outside the home. */
  record: string
  /** Home and tokens as they were; faults are gone. */
  reset: () => Promise<void>
  /** What the home came to, in words, where aim has renewed every label out of it. */
  renewed: Set<string>
  /** What the simulator was asked since the last reset. */
  log: () => readonly LogEntry[]
}

export async function setStage(world: World): Promise<Stage> {
  const copy = `${world.home}.stage`
  const restoreTokens = world.sim.rememberTokens()
  await copyTree(world.home, copy)
  let seen = world.sim.log().length
  return {
    world,
    record: join(`${world.home}.points`),
    renewed: new Set(),
    reset: async () => {
      await rm(world.home, { recursive: true, force: true })
      await copyTree(copy, world.home)
      world.sim.clearFaults()
      restoreTokens()
      seen = world.sim.log().length
    },
    log: () => world.sim.log().slice(seen),
    [Symbol.asyncDispose]: async () => {
      await rm(copy, { recursive: true, force: true })
      await rm(`${world.home}.points`, { force: true })
    },
  }
}

async function copyTree(from: string, to: string): Promise<void> {
  const copy = Bun.spawn(["cp", "-a", from, to], { stdout: "ignore", stderr: "inherit" })
  if ((await copy.exited) !== 0) throw new Error(`${from} could not be copied`)
}
