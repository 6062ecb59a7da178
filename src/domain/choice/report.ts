import type { ModePolicy } from "./mode-policy.ts"
import type { Standing } from "./standing.ts"
import type { ChoiceInput, ChoiceNumbers, LabelTerms } from "./types.ts"

/** A standing as `aim why` and JSON show it: numbers are finite or null. */
export function termsOf(standing: Standing): LabelTerms {
  const { label, known, seen, cooling, serve, carry, whyNot } = standing
  return {
    label,
    known,
    ageMinutes: finite(standing.ageMinutes),
    left5Units: finite(standing.left5),
    leftWeekUnits: finite(standing.leftWeek),
    leftOtherUnits: finite(standing.leftOther),
    leftUnits: seen ? finite(standing.left) : null,
    runwayMinutesMean: known ? finite(standing.runwayMean) : null,
    runwayMinutesPeak: known ? finite(standing.runwayPeak) : null,
    pacePctPerMinute: known ? finite(standing.pace) : null,
    cooling,
    serve,
    carry,
    whyNot,
  }
}

/** The numbers that the decision compared. */
export function numbersOf(
  { burn }: ChoiceInput,
  policy: ModePolicy,
  current: Standing | null,
  target: Standing | null,
): ChoiceNumbers {
  const now = current?.known ? current : null
  const next = target?.known ? target : null
  return {
    burnMeanUnitsPerMinute: finite(burn.mean),
    burnPeakUnitsPerMinute: finite(burn.peak),
    idleMinutes: finite(burn.idleMinutes),
    guardMinutes: policy.guardMinutes,
    horizonMinutes: policy.horizonMinutes,
    currentLeft5Pct: finite(now?.left5Pct),
    currentLeftWeekPct: finite(now?.leftWeekPct),
    currentRunwayMinutesAtMean: finite(now?.runwayMean),
    currentRunwayMinutesAtPeak: finite(now?.runwayPeak),
    currentPacePctPerMinute: finite(now?.pace),
    targetRunwayMinutesAtMean: finite(next?.runwayMean),
    targetRunwayMinutesAtPeak: finite(next?.runwayPeak),
    targetPacePctPerMinute: finite(next?.pace),
    runwayGain: ratio(next?.runwayMean, now?.runwayMean),
    paceGain: ratio(next?.pace, now?.pace),
  }
}

function ratio(a: number | undefined, b: number | undefined): number | null {
  return a === undefined || b === undefined ? null : finite(a / b)
}

function finite(value: number | null | undefined): number | null {
  return value === null || value === undefined || !Number.isFinite(value) ? null : value
}
