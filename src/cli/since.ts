import { failUsage } from "../system/errors.ts"
import { DAY, HOUR, MINUTE, SECOND } from "../system/time.ts"
import { isoInstant } from "./iso-instant.ts"

const UNITS: Readonly<Record<string, number>> = {
  s: SECOND,
  m: MINUTE,
  h: HOUR,
  d: DAY,
  w: 7 * DAY,
}
const SPAN = /^(\d{1,9}[smhdw])+$/

/**
 * The instant (epoch ms) that a `--since` means: a span before `now` (`90m`, `1d12h`, `2w`), or an
 * ISO time; without a zone, and for a mere day, it is local. Stops with exit 2 at anything else.
 */
export function sinceTime(text: string | undefined, now: number): number | null {
  if (text === undefined) return null
  if (SPAN.test(text)) return Math.max(0, now - spanOf(text))
  const time = isoInstant(text)
  if (time !== null) return time
  return failUsage(
    "invalid_value",
    "`--since` is a span such as `90m`, `2h` or `7d`, or a time such as `2026-01-31T08:00`",
    "aim history --since 7d",
  )
}

function spanOf(text: string): number {
  const parts = text.match(/\d+[smhdw]/g) ?? []
  return parts.reduce(
    (sum, part) => sum + Number(part.slice(0, -1)) * (UNITS[part.slice(-1)] ?? 0),
    0,
  )
}
