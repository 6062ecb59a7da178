import { sameReset, type UsageSample } from "./burn.ts"
import { RATIO_BOUNDS, RATIO_MIN_WEEK_POINTS } from "./constants.ts"

/**
 * K as the ledger shows it: how many 5h windows a weekly window holds, from how far both rose
 * between readings of one label in which neither window was exchanged. Whoever burnt does not matter,
 * so idle labels and other machines count too.
 * @param samples of labels of one plan, in time order; mixing plans mixes their ratios
 * @returns null until ten weekly points were seen to burn, and where the result makes no sense: the
 *   caller then keeps 8
 */
export function measuredWeeklyRatio(samples: readonly UsageSample[]): number | null {
  const before = new Map<string, UsageSample>()
  let fivePoints = 0
  let weekPoints = 0
  for (const sample of samples) {
    const last = before.get(sample.label)
    before.set(sample.label, sample)
    if (last === undefined) continue
    const five = risen(last.fiveUsed, sample.fiveUsed, last.fiveResetAt, sample.fiveResetAt)
    const week = risen(last.weekUsed, sample.weekUsed, last.weekResetAt, sample.weekResetAt)
    if (five === null || week === null) continue
    fivePoints += five
    weekPoints += week
  }
  if (weekPoints < RATIO_MIN_WEEK_POINTS) return null
  const ratio = fivePoints / weekPoints
  return ratio >= RATIO_BOUNDS.low && ratio <= RATIO_BOUNDS.high ? ratio : null
}

/** Signed, so that noise up and down cancels out. A spent window measures nothing any more. */
function risen(
  before: number | null,
  after: number | null,
  resetBefore: number | null,
  resetAfter: number | null,
): number | null {
  if (before === null || after === null || before >= 100 || after >= 100) return null
  return sameReset(resetBefore, resetAfter) ? after - before : null
}
