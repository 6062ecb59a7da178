import { HOUR, SECOND } from "../system/time.ts"

/** Longer than this nobody is taken at his word. */
const LONGEST = HOUR

/**
 * How long a `Retry-After` header asks to wait, ms, at most an hour: seconds or an HTTP date (RFC
 * 9110 §10.2.3), which counts from `at` (epoch ms). Null when there is none or it says neither.
 */
export function retryAfterMs(header: string | null | undefined, at: number): number | null {
  const text = header?.trim() ?? ""
  if (/^\d{1,10}(\.\d{1,6})?$/.test(text))
    return Math.min(Math.ceil(Number(text) * SECOND), LONGEST)
  if (!/^[A-Za-z]{3,9},? /.test(text)) return null
  const until = Date.parse(text)
  return Number.isFinite(until) ? Math.min(Math.max(0, until - at), LONGEST) : null
}
