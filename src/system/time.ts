export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** ISO-8601 in UTC with milliseconds, from epoch milliseconds. */
export function isoTime(at: number): string {
  return new Date(at).toISOString()
}

/** Epoch milliseconds of an ISO-8601 text, or null when it does not parse. */
export function parseIso(text: unknown): number | null {
  if (typeof text !== "string") return null
  const at = Date.parse(text.trim())
  return Number.isFinite(at) ? at : null
}
