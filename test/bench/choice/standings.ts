import type { Result } from "./job.ts"
import { deviationOf, type Estimate, estimate, meanOf } from "./spread.ts"

export type Measure = "served" | "stalled" | "needless" | "unused" | "reread" | "switches"

/** The results of some worlds, by contestant. */
export type Standings = {
  policies: readonly string[]
  /** Mean over all worlds. */
  mean(policy: string, measure: Measure): number
  /** Over seeds, each the mean of its worlds. */
  deviation(policy: string, measure: Measure): number
  estimate(policy: string, measure: Measure): Estimate
  /** How much more of the demand the first serves than the second, in the same worlds. */
  lead(policy: string, other: string): Estimate
}

export function standingsOf(results: readonly Result[]): Standings {
  const byPolicy = Map.groupBy(results, ({ policy }) => policy)
  const bySeed = (policy: string, measure: Measure) => {
    const rounds = Map.groupBy(byPolicy.get(policy) ?? [], ({ round }) => round)
    return [...rounds.values()].map((worlds) => meanOf(worlds.map((world) => world[measure])))
  }
  return {
    policies: [...byPolicy.keys()],
    mean: (policy, measure) => meanOf(bySeed(policy, measure)),
    deviation: (policy, measure) => deviationOf(bySeed(policy, measure)),
    estimate: (policy, measure) => estimate(bySeed(policy, measure)),
    lead: (policy, other) => {
      const theirs = bySeed(other, "served")
      return estimate(bySeed(policy, "served").map((served, at) => served - (theirs[at] ?? 0)))
    },
  }
}
