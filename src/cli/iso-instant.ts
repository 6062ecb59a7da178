import { isoTime, parseIso } from "../system/time.ts"

const TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/i

/** The instant (epoch ms) of an ISO time; without a zone, and for a mere day, it is local. Else null. */
export function isoInstant(text: string): number | null {
  // A mere day would be read as one of UTC, and the 30th of February as the 2nd of March.
  return TIME.test(text) && isDay(text.slice(0, 10))
    ? parseIso(text.includes("T") ? text : `${text}T00:00`)
    : null
}

function isDay(text: string): boolean {
  const at = parseIso(`${text}T00:00Z`)
  return at !== null && isoTime(at).startsWith(text)
}
