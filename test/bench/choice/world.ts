import { type Seeded, seeded } from "../../domain/seeded.ts"
import { K } from "./accounts.ts"
import { WEEK } from "./clock.ts"
import { type Consumer, demandOf, type Session } from "./consumers.ts"

/** Plan sizes of a pool, by its number of labels: few big plans among many small ones. */
export const POOLS: Record<number, readonly number[]> = {
  3: [1, 1, 5],
  6: [1, 1, 1, 5, 5, 20],
  12: [...many(6, 1), ...many(4, 5), ...many(2, 20)],
  30: [...many(16, 1), ...many(10, 5), ...many(4, 20)],
}

/** What a run is made of, but for the way of choosing: two runs of one world meet the same luck. */
export type World = {
  sizes: readonly number[]
  /** Minute of each label's first weekly reset. */
  weekResetAt: readonly number[]
  /** Share of both windows that is used when it begins. */
  usedAtStart: readonly number[]
  sessions: readonly Session[]
  /** Decides what the reader sees. */
  seed: number
  minutes: number
  /** Minutes that are played but not counted. */
  warmUp: number
}

export type WorldPlan = {
  labels: number
  consumer: Consumer
  /** Demand over the weekly quota of all labels. */
  load: number
  weeks: number
  /** Weeks before those that are counted; 1. */
  warmUpWeeks?: number
  /** Draws how much of a label is used at the beginning; nothing. */
  used?: (random: Seeded) => number
}

export function makeWorld(seed: number, plan: WorldPlan): World {
  const random = seeded(seed)
  const sizes = random.shuffled(POOLS[plan.labels] ?? [])
  const warmUp = (plan.warmUpWeeks ?? 1) * WEEK
  const minutes = warmUp + plan.weeks * WEEK
  const quota = sizes.reduce((sum, size) => sum + 100 * size * K, 0)
  const mean = (plan.load * Math.exp(random.noise(0.08)) * quota) / WEEK
  return {
    sizes,
    weekResetAt: sizes.map(() => random.whole(1, WEEK)),
    usedAtStart: sizes.map(() => plan.used?.(random) ?? 0),
    sessions: demandOf(plan.consumer, { minutes, mean }, random),
    seed: random.whole(1, 1_000_000),
    minutes,
    warmUp,
  }
}

function many(count: number, size: number): number[] {
  return Array.from({ length: count }, () => size)
}
