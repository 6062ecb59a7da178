import type { ModePolicy } from "./mode-policy.ts"
import { isBelow, type Standing } from "./standing.ts"
import type { ChoiceInput, Reason } from "./types.ts"

/** What can make the current label be left whatever else there is, heaviest first. */
export type LeaveCause =
  | "no_current"
  | "next"
  | Extract<
      Reason,
      | "login_dead"
      | "refused"
      | "cooling"
      | "spent_before_next_tick"
      | "below_5h_threshold"
      | "below_weekly_threshold"
    >

/**
 * The causes to leave the current label, heaviest first; none means that it may stay. A label that
 * the pool no longer has, or that is disabled, counts as a dead login. What is not known is not
 * spent: runway and thresholds are judged by a fresh reading only.
 */
export function causesToLeave(
  input: ChoiceInput,
  current: Standing | null,
  policy: ModePolicy,
): LeaveCause[] {
  if (input.current === null) return ["no_current"]
  const causes: LeaveCause[] = []
  if (!current?.usable) causes.push("login_dead")
  if (input.refused) causes.push("refused")
  if (current?.cooling) causes.push("cooling")
  if (current?.known) {
    const { fivePct, weeklyPct } = input.thresholds
    if (current.runwayPeak < policy.guardMinutes) causes.push("spent_before_next_tick")
    if (isBelow(current.left5Pct, fivePct)) causes.push("below_5h_threshold")
    if (isBelow(current.leftWeekPct, weeklyPct)) causes.push("below_weekly_threshold")
  }
  if (input.next) causes.push("next")
  return causes
}

const FORECASTS = new Set<LeaveCause>([
  "spent_before_next_tick",
  "below_5h_threshold",
  "below_weekly_threshold",
])

/** Nothing but a forecast: the label still answers, and is left only for one that lasts longer. */
export function onlyForecast(causes: readonly LeaveCause[]): boolean {
  return causes.length > 0 && causes.every((cause) => FORECASTS.has(cause))
}

/** Nothing but a threshold: there is still enough left, the operator wants it spared. */
export function onlyThreshold(causes: readonly LeaveCause[]): boolean {
  return onlyForecast(causes) && !causes.includes("spent_before_next_tick")
}

/** The current label can't go on at all: there is none, or it was refused, cools or has died. */
export function cannotStay(causes: readonly LeaveCause[]): boolean {
  return causes.some((cause) => cause !== "next" && !FORECASTS.has(cause))
}
