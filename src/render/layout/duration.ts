import { DAY, HOUR, MINUTE, SECOND } from "../../system/time.ts"

/** A span of milliseconds in its two greatest units: `3d 4h`, `2h 13m`, `5m`, `12s`. */
export function duration(ms: number): string {
  const span = Math.max(0, ms)
  if (span < MINUTE) return `${Math.floor(span / SECOND)}s`
  if (span < HOUR) return `${Math.floor(span / MINUTE)}m`
  const [unit, name, part, partName] =
    span < DAY ? ([HOUR, "h", MINUTE, "m"] as const) : ([DAY, "d", HOUR, "h"] as const)
  const rest = Math.floor((span % unit) / part)
  return rest === 0
    ? `${Math.floor(span / unit)}${name}`
    : `${Math.floor(span / unit)}${name} ${rest}${partName}`
}

/** A span that somebody has set, in the one unit that tells it whole: `90s`, `5m`, `1h`. */
export function exactSpan(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600}h`
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`
}

/** How long ago something was, `just now` within ten seconds. */
export function ago(at: number, now: number): string {
  return now - at < 10 * SECOND ? "just now" : `${duration(now - at)} ago`
}

/** When something comes: `in 2h 13m`, `now` when it is here or past. */
export function until(at: number, now: number): string {
  return at - now < SECOND ? "now" : `in ${duration(at - now)}`
}
