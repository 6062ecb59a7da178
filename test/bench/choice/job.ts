import { seeded } from "../../domain/seeded.ts"
import { CONSUMERS, type Consumer } from "./consumers.ts"
import { CONTESTANTS } from "./contestants.ts"
import type { Outcome } from "./outcome.ts"
import { play } from "./play.ts"
import type { Mode } from "./policy.ts"
import { makeWorld, POOLS } from "./world.ts"

/** One world, to be played by every contestant of every mode. */
export type Job = {
  /** Which of the seeds, from 0. */
  round: number
  seed: number
  labels: number
  consumer: Consumer
  load: number
  weeks: number
  modes: readonly Mode[]
}

/** How one contestant fared in one world. */
export type Result = Outcome & Omit<Job, "modes" | "weeks"> & { mode: Mode; policy: string }

const LOADS = { least: 0.5, most: 1.2 }
const SEEDS_A_ROUND = 16

/** All scenarios (pool sizes by consumers) for each seed; the loads are spread evenly over seeds. */
export function jobsOf(
  seed: number,
  { seeds, weeks, modes }: { seeds: number; weeks: number; modes: readonly Mode[] },
): Job[] {
  const random = seeded(seed)
  return Array.from({ length: seeds }, (_, round) => {
    const load = LOADS.least + ((LOADS.most - LOADS.least) * (round + random.next())) / seeds
    const scenarios = Object.keys(POOLS).flatMap((labels) =>
      CONSUMERS.map((consumer) => ({ labels: Number(labels), consumer })),
    )
    return scenarios.map(
      (scenario, at): Job => ({
        ...scenario,
        round,
        seed: seed + round * SEEDS_A_ROUND + at,
        load,
        weeks,
        modes,
      }),
    )
  }).flat()
}

/** Plays one job; every contestant meets the same world. */
export function playJob({ weeks, modes, ...rest }: Job): Result[] {
  const world = makeWorld(rest.seed, { ...rest, weeks })
  return modes.flatMap((mode) =>
    Object.entries(CONTESTANTS[mode]).map(([policy, make]) => ({
      ...rest,
      ...play(world, mode, make),
      mode,
      policy,
    })),
  )
}
