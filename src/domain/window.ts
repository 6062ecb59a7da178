import { scopeCovers } from "./window-scope.ts"

/** One rate-limit window of a label, as last observed. */
export type UsageWindow = {
  /** "5h", "weekly", otherwise "<n>h" or "<n>d"; a scoped one is followed by ":<scope>". */
  kind: string
  /** 0 to 100, as the provider gave it, not rounded. */
  usedPercent: number
  /** Epoch milliseconds; null where the provider gave none. */
  resetAt: number | null
  lengthMinutes: number | null
  /** The model or feature the window is limited to; null when it counts for all work. */
  scope: string | null
}

/** Usage beyond the plan, as Claude's issuer tells it. */
export type ExtraUsage = {
  enabled: boolean
  usedPercent: number | null
  monthlyLimitCents: number | null
  usedCents: number | null
  currency: string | null
  disabledReason: string | null
}

/** What a provider said about one label's quota at one moment. */
export type Reading = {
  /** Epoch milliseconds. */
  observedAt: number
  plan: string | null
  windows: UsageWindow[]
  credits: { hasCredits: boolean; unlimited: boolean; balance: string | null } | null
  /** What is paid for beyond the plan (Claude); missing where the provider knows no such thing. */
  extraUsage?: ExtraUsage | null
  allowed: boolean | null
  limitReached: boolean | null
  source: "usage_endpoint" | "response_headers" | "refusal"
}

export const FIVE_HOURS_MINUTES = 300
export const WEEK_MINUTES = 10_080
const DAY_MINUTES = 1_440
const LENGTH_TOLERANCE = 0.05

/**
 * Names a window by its length, never by the place it was found in: a plan with one window only may
 * carry a week in the first place (Codex 0.169 accepts either).
 * @param lengthMinutes window length in minutes; 5 % either way is the same window
 * @param scope model or feature, as the provider spells it
 * @returns the kind, or null where the length is unknown: nothing can be said about such a window's
 *   size, so whoever reads it off the wire leaves it out (a window that is missing is missing)
 */
export function classifyWindow(lengthMinutes: number | null, scope: string | null): string | null {
  const base = baseKind(lengthMinutes)
  if (base === null) return null
  return scope === null ? base : `${base}:${scope.trim().toLowerCase()}`
}

/** The unscoped 5h window; of several, the most used. Null where the plan has none. */
export function fiveHourWindow(reading: Reading): UsageWindow | null {
  return tightest(reading.windows.filter((window) => window.kind === "5h"))
}

/** The unscoped weekly window; of several, the most used. Null where the plan has none. */
export function weeklyWindow(reading: Reading): UsageWindow | null {
  return tightest(reading.windows.filter((window) => window.kind === "weekly"))
}

/**
 * The windows that a consumer of this model draws on. A consumer whose model is not known draws on
 * the unscoped ones only: one spent model must not park the whole label.
 */
export function windowsThatCount(reading: Reading, model: string | null): UsageWindow[] {
  return reading.windows.filter(
    ({ scope, usedPercent }) =>
      Number.isFinite(usedPercent) &&
      (scope === null || (model !== null && scopeCovers(scope, model))),
  )
}

function baseKind(minutes: number | null): string | null {
  if (minutes === null || !Number.isFinite(minutes) || minutes <= 0) return null
  if (near(minutes, FIVE_HOURS_MINUTES)) return "5h"
  if (near(minutes, WEEK_MINUTES)) return "weekly"
  const days = Math.round(minutes / DAY_MINUTES)
  if (days >= 1 && near(minutes, days * DAY_MINUTES)) return `${days}d`
  return `${Math.max(1, Math.round(minutes / 60))}h`
}

function near(minutes: number, length: number): boolean {
  return Math.abs(minutes - length) <= length * LENGTH_TOLERANCE
}

function tightest(windows: UsageWindow[]): UsageWindow | null {
  return windows.reduce<UsageWindow | null>(
    (most, window) => (most === null || window.usedPercent > most.usedPercent ? window : most),
    null,
  )
}
