/** Minutes, with minute 0 a Monday at midnight. */
export const TICK = 5
export const HOUR = 60
export const DAY = 24 * HOUR
export const WEEK = 7 * DAY
export const FIVE_HOURS = 5 * HOUR

const EPOCH = Date.UTC(2026, 0, 5)
const MINUTE_MS = 60_000

/** Epoch milliseconds of a minute of the simulation, as the shipped functions want them. */
export function instant(minute: number): number {
  return EPOCH + minute * MINUTE_MS
}

/** The minute of such an instant. */
export function minuteOf(instant: number): number {
  return (instant - EPOCH) / MINUTE_MS
}
