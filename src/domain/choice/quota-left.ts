import { FIVE_HOURS_MINUTES, type UsageWindow, WEEK_MINUTES } from "../window.ts"
import { FLOOR_PERCENT, MINUTE_MS, PACE_MIN_MINUTES, UNITS_PER_WINDOW } from "./constants.ts"

/** What one window still holds. */
export type QuotaTerm = {
  kind: string
  lengthMinutes: number
  capacityUnits: number
  /** By estimate: what was burnt since the reading is taken off. */
  leftUnits: number
  /** What is left for certain: without the point that a reading's rounding may hide. */
  sureUnits: number
  /** As read, so that a threshold means the number that status shows. */
  leftPercent: number
  /** Minutes until it is full again; null where unknown, or where it is closed and so full now. */
  resetInMinutes: number | null
  /** Epoch milliseconds of the same. */
  resetAt: number | null
}

/** @param driftUnits burnt since the reading, for the label that is in use */
export type QuotaOptions = { now: number; size: number; k: number; driftUnits: number }

/**
 * A window's rest in units. One whose reset has passed is full: a 5h window is then closed until its
 * next use, a longer one goes on by its length.
 */
export function quotaTerm(window: UsageWindow, options: QuotaOptions): QuotaTerm {
  const { now, driftUnits } = options
  const lengthMinutes = lengthOf(window)
  const capacityUnits = capacity(lengthMinutes, options)
  const passed = window.resetAt !== null && window.resetAt <= now
  const leftPercent = passed ? 100 : 100 - Math.min(100, Math.max(0, window.usedPercent))
  const asRead = (leftPercent / 100) * capacityUnits
  const leftUnits = passed ? asRead : Math.max(0, asRead - driftUnits)
  const resetAt = passed ? following(window.resetAt, lengthMinutes, now) : window.resetAt
  const resetInMinutes = resetAt === null ? null : (resetAt - now) / MINUTE_MS
  return {
    kind: window.kind,
    lengthMinutes,
    capacityUnits,
    leftUnits,
    sureUnits: leftUnits - (FLOOR_PERCENT / 100) * capacityUnits,
    leftPercent,
    resetInMinutes,
    resetAt,
  }
}

/**
 * Minutes until the window is spent at this burn; a reset that comes first refills it once.
 * @param unitsPerMinute above 0
 */
export function runwayMinutes(term: QuotaTerm, unitsPerMinute: number): number {
  const alone = term.leftUnits / unitsPerMinute
  const reset = term.resetInMinutes
  return reset !== null && reset < alone ? reset + term.capacityUnits / unitsPerMinute : alone
}

/** Percent left per minute until the reset; a reset nobody named is a whole window away. */
export function paceOf(term: QuotaTerm | null): number {
  if (term === null) return 0
  const minutes = term.resetInMinutes ?? term.lengthMinutes
  return ((term.leftUnits / term.capacityUnits) * 100) / Math.max(PACE_MIN_MINUTES, minutes)
}

/** Of the windows of one kind the one with least left; null where there is none. */
export function tightest(terms: readonly QuotaTerm[], kind: string): QuotaTerm | null {
  return terms.reduce<QuotaTerm | null>((least, term) => {
    if (term.kind !== kind) return least
    return least === null || term.leftUnits < least.leftUnits ? term : least
  }, null)
}

/** The window that holds most. */
export function longest(terms: readonly QuotaTerm[]): QuotaTerm | null {
  return terms.reduce<QuotaTerm | null>(
    (most, term) => (most === null || term.capacityUnits > most.capacityUnits ? term : most),
    null,
  )
}

/** The smallest; Infinity of none, for a limit that is not there. */
export function leastOf(values: readonly number[]): number {
  return values.reduce((smallest, value) => Math.min(smallest, value), Number.POSITIVE_INFINITY)
}

function lengthOf(window: UsageWindow): number {
  if (window.kind.startsWith("5h")) return FIVE_HOURS_MINUTES
  if (window.kind.startsWith("weekly")) return WEEK_MINUTES
  return window.lengthMinutes ?? FIVE_HOURS_MINUTES
}

/**
 * A 5h window holds 100 units a size and a week K times that. Other lengths, which nobody has
 * published sizes for, hold their share of the 5h window, or of the week if that is more.
 */
function capacity(length: number, { size, k }: QuotaOptions): number {
  const fiveHours = UNITS_PER_WINDOW * size
  if (length === FIVE_HOURS_MINUTES) return fiveHours
  if (length === WEEK_MINUTES) return fiveHours * k
  return fiveHours * Math.max(Math.min(1, length / FIVE_HOURS_MINUTES), (k * length) / WEEK_MINUTES)
}

function following(resetAt: number | null, length: number, now: number): number | null {
  if (resetAt === null || length <= FIVE_HOURS_MINUTES) return null
  const period = length * MINUTE_MS
  return resetAt + (Math.floor((now - resetAt) / period) + 1) * period
}
