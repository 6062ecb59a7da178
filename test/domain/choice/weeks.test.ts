import { expect, test } from "bun:test"
import { BASELINES } from "../../bench/choice/baselines.ts"
import { CONSUMERS, type Consumer } from "../../bench/choice/consumers.ts"
import { playNearLimits } from "../../bench/choice/near-limits.ts"
import { play } from "../../bench/choice/play.ts"
import { MODES, type PolicyMaker } from "../../bench/choice/policy.ts"
import { shipped } from "../../bench/choice/shipped.ts"
import { meanOf } from "../../bench/choice/spread.ts"
import { makeWorld } from "../../bench/choice/world.ts"

/** A few weeks of `npm run bench:choice` with fixed seeds, so that the outcome is always the same. */
const OURS: Record<string, PolicyMaker> = {
  shipped: shipped({ fivePct: 0, sizesKnown: true }),
  "shipped, threshold 20 %": shipped({ fivePct: 20, sizesKnown: true }),
}

const worlds = CONSUMERS.map((consumer: Consumer, at) =>
  makeWorld(4_200 + at, {
    labels: 6,
    consumer,
    load: 1,
    weeks: 1,
    warmUpWeeks: 0,
    used: (random) => random.between(0, 0.6),
  }),
)

/** Points of demand. */
const LEAST_LEAD = 0.5
const MOST_SWITCHES_A_DAY = 20
/** Only a few seconds of work, but on a machine that may be busy. */
const PATIENCE = 300_000

test.each(MODES)(
  "weeks of %s: more of the demand is served than by any simple rule",
  (mode) => {
    const served = (policy: PolicyMaker) =>
      meanOf(worlds.map((world) => play(world, mode, policy).served))
    const ours = Object.values(OURS).map(served)
    for (const baseline of Object.values(BASELINES)) {
      const theirs = served(baseline)
      for (const each of ours) expect(each).toBeGreaterThan(theirs + LEAST_LEAD)
    }
  },
  PATIENCE,
)

test(
  "labels near their limits are not changed back and forth",
  () => {
    for (const outcomes of playNearLimits(12, "watch", 4, OURS).values())
      expect(meanOf(outcomes.map(({ switches }) => switches)) / 7).toBeLessThan(MOST_SWITCHES_A_DAY)
  },
  PATIENCE,
)
