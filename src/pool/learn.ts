import { type Burn, burnOf, type UsageSample } from "../domain/choice/burn.ts"
import { WEEK_IN_FIVE_HOUR_WINDOWS } from "../domain/choice/constants.ts"
import { planSizeOf } from "../domain/choice/plan-size.ts"
import { measuredWeeklyRatio } from "../domain/choice/weekly-ratio.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import { DAY } from "../system/time.ts"
import { VERSION } from "../system/version.ts"
import type { Pool } from "./pool.ts"

/** How far back the burn is learnt, and from how many readings at most. */
const BURN_SPAN = 7 * DAY
const BURN_READINGS = 2_000

/** What the readings of a provider's labels teach. */
export type Learnt = {
  burn: Burn
  /** How many 5h windows a week holds, by plan, where that was seen. */
  ratios: [plan: string | null, ratio: number][]
}

/**
 * Learns from the readings that the ledger has, or takes what was learnt from exactly these before:
 * working through two thousand costs a start as much as all the rest of the ledger does.
 * @param at epoch ms
 */
export function learn(pool: Pool, provider: ProviderId, at: number): Learnt {
  const since = at - BURN_SPAN
  const { print, last } = pool.ledger.samplesPrint(provider, since, BURN_READINGS)
  const [name, mark] = [`learnt:${provider}`, `${VERSION} ${print}`]
  const known = pool.ledger.digest(name, mark)
  // Readings from the future (a clock set back) count from their time on.
  const lasts = last !== null && last <= at
  if (lasts && isLearnt(known)) return known
  const learnt = learntFrom(pool, provider, at)
  if (lasts) pool.ledger.keepDigest(name, mark, learnt)
  return learnt
}

function isLearnt(known: object | null): known is Learnt {
  return known !== null && "burn" in known && "ratios" in known && Array.isArray(known.ratios)
}

/** The measured number of 5h windows in a week of a plan, else the assumed one. */
export function weeklyRatio({ ratios }: Learnt, plan: string | null): number {
  return ratios.find(([known]) => known === plan)?.[1] ?? WEEK_IN_FIVE_HOUR_WINDOWS
}

function learntFrom(pool: Pool, provider: ProviderId, at: number): Learnt {
  const samples: UsageSample[] = []
  const ofPlan = new Map<string | null, UsageSample[]>()
  for (const sample of pool.ledger.samples(provider, at - BURN_SPAN, BURN_READINGS)) {
    const { plan } = sample
    const sized = { ...sample, size: planSizeOf(provider, plan).size }
    samples.push(sized)
    const alike = ofPlan.get(plan)
    if (alike === undefined) ofPlan.set(plan, [sized])
    else alike.push(sized)
  }
  const ratios = [...ofPlan].flatMap(([plan, alike]): Learnt["ratios"] => {
    const ratio = measuredWeeklyRatio(alike)
    return ratio === null ? [] : [[plan, ratio]]
  })
  return { burn: burnOf(samples, at), ratios }
}
