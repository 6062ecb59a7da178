import type { Label } from "../label.ts"
import { fiveHourWindow, type Reading, type UsageWindow, weeklyWindow } from "../window.ts"

/** One window as the pool's sums see it: percent, and epoch ms of the reset where known. */
export type PoolWindow = { usedPct: number; leftPct: number; hours: number; resetAt: number | null }

/** What is known of one label's quota; a window that the plan lacks is null, never 0. */
export type LabelQuota = {
  label: Label
  five: PoolWindow | null
  week: PoolWindow | null
  /** Percent left of the window that counts longest. */
  planningLeftPct: number
}

/**
 * A label's quota at `now` (epoch ms) by its last good reading, however old; null where there is no
 * reading, or none with a window that counts for all work. A window whose reset has passed is full.
 */
export function labelQuota(label: Label, reading: Reading | null, now: number): LabelQuota | null {
  if (reading === null) return null
  const five = poolWindow(fiveHourWindow(reading), 5, now)
  const week = poolWindow(weeklyWindow(reading), 168, now)
  const longest = week ?? five ?? poolWindow(longestOther(reading), 0, now)
  return longest === null ? null : { label, five, week, planningLeftPct: longest.leftPct }
}

/** The reference's cut-off: 95 % of the 5h or the weekly window. */
export function isSpent({ five, week }: LabelQuota): boolean {
  return [five, week].some((window) => window !== null && window.usedPct >= SPENT_PCT)
}

const SPENT_PCT = 95

function poolWindow(window: UsageWindow | null, hours: number, now: number): PoolWindow | null {
  if (window === null || !Number.isFinite(window.usedPercent)) return null
  const { resetAt } = window
  const passed = resetAt !== null && resetAt <= now
  const usedPct = passed ? 0 : Math.min(100, Math.max(0, window.usedPercent))
  return { usedPct, leftPct: 100 - usedPct, hours, resetAt }
}

/** Of windows that are neither of 5 hours nor of a week, the longest that counts for all work. */
function longestOther({ windows }: Reading): UsageWindow | null {
  return windows
    .filter(({ scope }) => scope === null)
    .reduce<UsageWindow | null>(
      (longest, window) =>
        longest === null || (window.lengthMinutes ?? 0) > (longest.lengthMinutes ?? 0)
          ? window
          : longest,
      null,
    )
}
