import type { Reading } from "../window.ts"
import type { Burn } from "./burn.ts"

/** When decisions happen: once by hand, at each tick of a timer, or at each request. */
export type ChoiceMode = "use" | "watch" | "gateway"

/** One label of the pool, as vault and ledger know it. */
export type LabelInput = {
  label: string
  /** In the pool? */
  enabled: boolean
  /** Is its login usable? Expired but refreshable is. */
  ready: boolean
  readinessReason: string
  /** Plan size: 1, 5 or 20. */
  size: number
  /** Weekly window in 5h windows: 8, or what the ledger measured. */
  k: number
  /** The last good reading, of any age; null if there never was one. */
  reading: Reading | null
  /** Epoch milliseconds until which a refusal keeps it out. */
  coolingUntil: number | null
}

export type ChoiceInput = {
  /** Epoch milliseconds. */
  now: number
  mode: ChoiceMode
  current: string | null
  /**
   * Epoch milliseconds at which the current label became active, where known, and the label before
   * it: what the consumer burnt until then was burnt from that one.
   */
  currentSince?: number | null
  previous?: string | null
  /** Does work start now? `use` always takes it so. */
  starting: boolean
  /** `use --next`: leave the current label even if it is fine. */
  next: boolean
  /** Was the current label refused just now? */
  refused: boolean
  /** The consumer's model, for windows that are limited to one; null if not known. */
  model: string | null
  /** Percent left below which a label is left, 0 for off. */
  thresholds: { fivePct: number; weeklyPct: number }
  /** Minutes between two looks, where not 5. */
  tickMinutes?: number
  burn: Burn
  labels: readonly LabelInput[]
}

/**
 * Why this label: the names of design §6, and `below_weekly_threshold`, which the weekly threshold
 * needs so that no receipt names the wrong window.
 */
export type Reason =
  | "lasts"
  | "idle_no_better"
  | "usage_unknown"
  | "below_5h_threshold"
  | "below_weekly_threshold"
  | "spent_before_next_tick"
  | "refused"
  | "cooling"
  | "login_dead"
  | "best_pace_start"
  | "best_pace_idle"
  | "longest_runway"
  | "last_resort"
  | "no_better"
  | "nothing_can_serve"

/** Why a label would not be taken for work now; the first that applies. */
export type WhyNot =
  | "disabled"
  | "not_ready"
  | "refused"
  | "cooling"
  | "usage_unknown"
  | "limit_reached"
  | "below_floor"
  | "runway_too_short"
  | "spent_before_next_tick"
  | "below_threshold"

/** The terms of one label, for `aim why` and receipts. Null is unknown, or without bound. */
export type LabelTerms = {
  label: string
  known: boolean
  ageMinutes: number | null
  /** Null also where the plan has no such window. */
  left5Units: number | null
  leftWeekUnits: number | null
  /** Scoped and other windows that count. */
  leftOtherUnits: number | null
  leftUnits: number | null
  runwayMinutesMean: number | null
  runwayMinutesPeak: number | null
  pacePctPerMinute: number | null
  cooling: boolean
  serve: boolean
  carry: boolean
  /** Null: it could take the work, or has it. */
  whyNot: WhyNot | null
}

/** The numbers of the decision; null where unknown, without bound or not compared. */
export type ChoiceNumbers = {
  burnMeanUnitsPerMinute: number | null
  burnPeakUnitsPerMinute: number | null
  idleMinutes: number | null
  guardMinutes: number
  horizonMinutes: number
  currentLeft5Pct: number | null
  currentLeftWeekPct: number | null
  currentRunwayMinutesAtMean: number | null
  currentRunwayMinutesAtPeak: number | null
  currentPacePctPerMinute: number | null
  targetRunwayMinutesAtMean: number | null
  targetRunwayMinutesAtPeak: number | null
  targetPacePctPerMinute: number | null
  /** Target's runway at mean over the current label's. */
  runwayGain: number | null
  /** Target's pace over the current label's. */
  paceGain: number | null
}

export type Choice = {
  /** The label that should serve; null only where there is no current one and nothing can serve. */
  label: string | null
  reason: Reason
  /** Further causes and circumstances, such as `longest_runway` beside `refused`. */
  alsoReasons: string[]
  /** Does the current label stay? */
  kept: boolean
  /** The label that `target...` numbers are of: the chosen one, or the best that was not enough. */
  considered: string | null
  numbers: ChoiceNumbers
  /** Epoch milliseconds at which the first label that is spent or cooling now can serve again. */
  earliestResetAt: number | null
  /** One per label, in label order. */
  terms: LabelTerms[]
}
