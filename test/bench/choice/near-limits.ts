import { seeded } from "../../domain/seeded.ts"
import { CONSUMERS } from "./consumers.ts"
import { CONTESTANTS } from "./contestants.ts"
import type { Outcome } from "./outcome.ts"
import { play } from "./play.ts"
import type { Mode } from "./policy.ts"
import { meanOf } from "./spread.ts"
import { row } from "./tables.ts"
import { makeWorld, type World } from "./world.ts"

/** A week that asks for more than there is, of labels that were all nearly used up before it. */
export function worldNearLimits(seed: number, at: number): World {
  return makeWorld(seed, {
    labels: [6, 12][at % 2] ?? 6,
    consumer: CONSUMERS[at % CONSUMERS.length] ?? "human",
    load: 1.2,
    weeks: 1,
    warmUpWeeks: 0,
    used: (random) => random.between(0.85, 0.99),
  })
}

/** How the contestants fare in some such weeks. */
export function playNearLimits(
  seed: number,
  mode: Mode,
  worlds: number,
  contestants = CONTESTANTS[mode],
): Map<string, Outcome[]> {
  const random = seeded(seed)
  const all = Array.from({ length: worlds }, (_, at) =>
    worldNearLimits(random.whole(1, 1_000_000), at),
  )
  return new Map(
    Object.entries(contestants).map(([policy, make]) => [
      policy,
      all.map((world) => play(world, mode, make)),
    ]),
  )
}

const WORLDS = 8

/** How often labels are changed then, a day; who changes at every look would thrash. */
export function nearLimitsTable(seed: number, mode: Mode): string[] {
  const head = [
    "all labels 85 to 99 % used, load 1.2",
    "switches a day",
    "on the busiest day",
    "re-read %",
    "demand served %",
  ]
  const rows = [...playNearLimits(seed, mode, WORLDS)].map(([policy, outcomes]) =>
    row([
      policy,
      (meanOf(outcomes.map(({ switches }) => switches)) / 7).toFixed(1),
      String(Math.max(...outcomes.map(({ busiestDay }) => busiestDay))),
      meanOf(outcomes.map(({ reread }) => reread)).toFixed(1),
      meanOf(outcomes.map(({ served }) => served)).toFixed(1),
    ]),
  )
  return [`\n### ${mode}, near the limits\n`, row(head), row(head.map(() => "---")), ...rows]
}
