import {
  BURN_ASSUMED,
  BURN_PEAK_SLOPES,
  BURN_WEIGHT,
  FALL_NOISE_PERCENT,
  IDLE_MINUTES,
  MINUTE_MS,
  RISE_MIN_PERCENT,
  SAME_RESET_TOLERANCE_MS,
  SLOPE_MIN_MINUTES,
  UNITS_PER_WINDOW,
  WEEK_IN_FIVE_HOUR_WINDOWS,
} from "./constants.ts"

/** One good reading of one label, as the ledger keeps it. */
export type UsageSample = {
  label: string
  /** Plan size: 1, 5 or 20. */
  size: number
  /** Epoch milliseconds. */
  observedAt: number
  /** Percent 0 to 100; null where the plan has no such window. */
  fiveUsed: number | null
  fiveResetAt: number | null
  weekUsed: number | null
  weekResetAt: number | null
  /** Was the label the consumer's active one when this was read? */
  active: boolean
}

/** How fast a consumer uses quota, in units (percent of a 1x plan's 5h window) per minute. */
export type Burn = {
  mean: number
  peak: number
  /** Minutes between readings in which usage did not rise, since it last did. */
  idleMinutes: number
  /** How many slopes were found. */
  slopes: number
  /** False while `mean` and `peak` are the assumption for a consumer nobody has seen. */
  measured: boolean
}

/** Where one label's usage stood: its highest percent in the window that is open, since when. */
type Mark = { high: number; since: number; resetAt: number | null; at: number; weekly: boolean }

/**
 * The burn of one consumer.
 *
 * A slope is the rise between two readings of the label that was active all the while, in the same
 * 5h window, at least two minutes apart; the weekly window stands in on plans that have no other.
 * Rounding: a rise of the single point that whole-number readings can show is spread over the minutes
 * since the point before, up to those that count as idle; else a slow burn of a big plan (a point of
 * a 20x plan is 20 units, of its week 160) would look like a storm each time it ticks over.
 * Noise: a rise counts only above the highest percent already seen in that window, so a reading that
 * dips and comes back is neither a slope nor the end of idleness; a fall of more than two points is
 * a correction and starts afresh. Usage in a window that has just opened ends idleness but gives no
 * slope. Time nobody observed is not idle.
 * @param samples of all labels of the pool, in time order
 * @param now epoch milliseconds; later samples (a clock set back) are left out
 * @param weekInWindows K, for plans with a weekly window only
 */
export function burnOf(
  samples: readonly UsageSample[],
  now: number,
  weekInWindows: number = WEEK_IN_FIVE_HOUR_WINDOWS,
): Burn {
  const marks = new Map<string, Mark>()
  const slopes: number[] = []
  let activeLabel: string | null = null
  let idleMinutes = 0

  for (const sample of samples) {
    if (sample.observedAt > now) continue
    const throughout = sample.active && activeLabel === sample.label
    if (sample.active) activeLabel = sample.label
    else if (activeLabel === sample.label) activeLabel = null

    const seen = markOf(sample)
    if (seen === null) continue
    const before = marks.get(sample.label)
    if (before === undefined) {
      marks.set(sample.label, seen)
      continue
    }
    const minutes = (seen.at - before.at) / MINUTE_MS
    if (minutes < SLOPE_MIN_MINUTES && throughout) continue

    const same = sameWindow(before, seen)
    const rise = same ? seen.high - before.high : opened(before, seen)
    const rose = rise >= RISE_MIN_PERCENT
    if (sample.active && rose) idleMinutes = 0
    else if (throughout) idleMinutes += minutes
    if (throughout && same && rose) {
      const spread = isOneStep(before, seen) ? (seen.at - before.since) / MINUTE_MS : minutes
      const over = Math.max(minutes, Math.min(IDLE_MINUTES, spread))
      slopes.push((rise * unitsPerPoint(seen, sample)) / over)
    }

    const noise = same && rise < RISE_MIN_PERCENT && rise >= -FALL_NOISE_PERCENT
    if (noise) {
      seen.high = before.high
      if (throughout) seen.since = before.since
    }
    marks.set(sample.label, seen)
  }
  return { ...rates(slopes), idleMinutes, slopes: slopes.length, measured: slopes.length > 0 }

  function unitsPerPoint(mark: Mark, sample: UsageSample): number {
    const perPoint = (UNITS_PER_WINDOW / 100) * sample.size
    return mark.weekly ? perPoint * weekInWindows : perPoint
  }
}

function markOf(sample: UsageSample): Mark | null {
  const { observedAt: at, fiveUsed, weekUsed } = sample
  if (fiveUsed !== null)
    return { high: fiveUsed, since: at, resetAt: sample.fiveResetAt, at, weekly: false }
  if (weekUsed !== null)
    return { high: weekUsed, since: at, resetAt: sample.weekResetAt, at, weekly: true }
  return null
}

function isOneStep(before: Mark, after: Mark): boolean {
  return Number.isInteger(before.high) && after.high - before.high === 1
}

/** Two readings without a reset time are taken for one window unless usage fell. */
export function sameReset(before: number | null, after: number | null): boolean {
  if (before === null || after === null) return before === after
  return Math.abs(after - before) <= SAME_RESET_TOLERANCE_MS
}

function sameWindow(before: Mark, after: Mark): boolean {
  return before.weekly === after.weekly && sameReset(before.resetAt, after.resetAt)
}

/** Percent used in a window that opened between two readings; 0 where the kinds differ. */
function opened(before: Mark, after: Mark): number {
  return before.weekly === after.weekly ? after.high : 0
}

function rates(slopes: readonly number[]): { mean: number; peak: number } {
  const first = slopes[0]
  if (first === undefined) return { mean: BURN_ASSUMED, peak: BURN_ASSUMED }
  const mean = slopes.reduce((sofar, slope) => sofar + BURN_WEIGHT * (slope - sofar), first)
  const second = slopes.slice(-BURN_PEAK_SLOPES).sort((a, b) => b - a)[1]
  return { mean, peak: Math.max(mean, second ?? mean) }
}
