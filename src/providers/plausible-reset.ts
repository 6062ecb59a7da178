import { DAY, MINUTE } from "../system/time.ts"

/**
 * A reset (epoch ms) that can be: still to come, and no further off than the window is long, give or
 * take a day for a clock that is wrong. Any other (milliseconds for seconds, a time gone by) would
 * turn a spent window into a full one, so it counts as not given.
 */
export function plausibleReset(
  resetAt: number | null,
  lengthMinutes: number,
  at: number,
): number | null {
  if (resetAt === null) return null
  return resetAt > at && resetAt <= at + lengthMinutes * MINUTE + DAY ? resetAt : null
}
