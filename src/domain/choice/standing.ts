import { limitHolds, paidByCredits } from "../provider-verdict.ts"
import { type Reading, windowsThatCount } from "../window.ts"
import { DRIFT_IDLE_MINUTES, MINUTE_MS, STALE_MINUTES } from "./constants.ts"
import type { ModePolicy } from "./mode-policy.ts"
import { leastOf, longest, paceOf, quotaTerm, runwayMinutes, tightest } from "./quota-left.ts"
import type { ChoiceInput, LabelInput, WhyNot } from "./types.ts"

/** One label measured against the consumer. Infinity is a limit the plan does not have. */
export type Standing = {
  label: string
  /** Enabled and ready: it may be used at all. */
  usable: boolean
  cooling: boolean
  /** Is there a fresh reading that says something? */
  known: boolean
  /** Has any reading, however old, said something? */
  seen: boolean
  /** The provider says that the limit is reached, whatever the windows say. */
  limited: boolean
  ageMinutes: number | null
  left5: number
  leftWeek: number
  leftOther: number
  left: number
  /** The least that any window holds beyond what a reading's rounding may hide; below 0 is none. */
  sure: number
  left5Pct: number | null
  leftWeekPct: number | null
  runwayMean: number
  runwayPeak: number
  pace: number
  serve: boolean
  carry: boolean
  /** Outlasts the guard, so that it would not be left at once. */
  calm: boolean
  aboveThresholds: boolean
  whyNot: WhyNot | null
  /** Epoch milliseconds; null where it waits for nothing, or for nothing we know the end of. */
  freeAt: number | null
}

/** Measures one label: what is left, how long it lasts, how fast it should be used. Linear. */
export function standingOf(label: LabelInput, input: ChoiceInput, policy: ModePolicy): Standing {
  const { now, burn, thresholds } = input
  const isCurrent = label.label === input.current
  const { reading } = label
  const ageMinutes = reading === null ? null : (now - reading.observedAt) / MINUTE_MS
  const driftUnits = reading === null ? 0 : driftOf(label.label, reading, input)
  const terms =
    reading === null
      ? []
      : windowsThatCount(reading, input.model).map((window) =>
          quotaTerm(window, { now, size: label.size, k: label.k, driftUnits }),
        )
  const seen = terms.length > 0 || (reading !== null && paidByCredits(reading))
  const known = seen && ageMinutes !== null && Math.abs(ageMinutes) <= STALE_MINUTES
  const limited = known && reading !== null && limitHolds(reading, now)

  const five = tightest(terms, "5h")
  const week = tightest(terms, "weekly")
  const others = terms.filter((term) => term !== five && term !== week)
  const left = leastOf(terms.map((term) => term.leftUnits))
  const runwayMean = limited ? 0 : leastOf(terms.map((term) => runwayMinutes(term, burn.mean)))
  const runwayPeak = limited ? 0 : leastOf(terms.map((term) => runwayMinutes(term, burn.peak)))
  const left5Pct = five?.leftPercent ?? null
  const leftWeekPct = week?.leftPercent ?? null

  const usable = label.enabled && label.ready
  const cooling = label.coolingUntil !== null && label.coolingUntil > now
  const sure = leastOf(terms.map((term) => term.sureUnits))
  const floor = policy.floorPeakMinutes * burn.peak
  const serve = usable && !cooling && known && !limited && sure > 0 && left > floor
  const carry = serve && runwayMean >= policy.horizonMinutes
  const calm = runwayPeak >= policy.guardMinutes
  const aboveThresholds =
    !isBelow(left5Pct, thresholds.fivePct) && !isBelow(leftWeekPct, thresholds.weeklyPct)

  return {
    label: label.label,
    usable,
    cooling,
    known,
    seen,
    limited,
    ageMinutes,
    left5: five?.leftUnits ?? Number.POSITIVE_INFINITY,
    leftWeek: week?.leftUnits ?? Number.POSITIVE_INFINITY,
    leftOther: leastOf(others.map((term) => term.leftUnits)),
    left,
    sure,
    left5Pct,
    leftWeekPct,
    runwayMean,
    runwayPeak,
    pace: paceOf(week ?? five ?? longest(others)),
    serve,
    carry,
    calm,
    aboveThresholds,
    whyNot: whyNot(),
    freeAt: usable ? freeAt() : null,
  }

  function whyNot(): WhyNot | null {
    if (!label.enabled) return "disabled"
    if (!label.ready) return "not_ready"
    if (isCurrent && input.refused) return "refused"
    if (cooling) return "cooling"
    if (!known) return "usage_unknown"
    if (limited) return "limit_reached"
    if (!serve) return "below_floor"
    if (!carry) return "runway_too_short"
    if (!calm) return "spent_before_next_tick"
    return aboveThresholds ? null : "below_threshold"
  }

  function freeAt(): number | null {
    const ends = terms
      .filter((term) => term.sureUnits <= 0 || term.leftUnits <= floor)
      .map((term) => term.resetAt)
    if (cooling) ends.push(label.coolingUntil)
    return ends.reduce<number | null>(
      (last, end) => (last === null || end === null ? null : Math.max(last, end)),
      ends[0] ?? null,
    )
  }
}

/** Percent left below a threshold? A window the plan does not have is below none. */
export function isBelow(percent: number | null, threshold: number): boolean {
  return threshold > 0 && percent !== null && percent < threshold
}

/** Units burnt from a label since its reading: by the current one, and by the one before it. */
function driftOf(label: string, { observedAt }: Reading, input: ChoiceInput): number {
  const { now, burn, current, previous, currentSince = null } = input
  if (burn.idleMinutes >= DRIFT_IDLE_MINUTES) return 0
  if (label === current) return burntBetween(Math.max(observedAt, currentSince ?? observedAt), now)
  return label === previous && currentSince !== null ? burntBetween(observedAt, currentSince) : 0

  function burntBetween(from: number, to: number): number {
    return (burn.mean * Math.max(0, to - from)) / MINUTE_MS
  }
}
