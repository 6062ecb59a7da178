import { failUsage } from "../system/errors.ts"
import { DAY, HOUR, MINUTE, SECOND } from "../system/time.ts"

const UNITS: Readonly<Record<string, number>> = {
  s: SECOND,
  m: MINUTE,
  h: HOUR,
  d: DAY,
  w: 7 * DAY,
}
const SPAN = /^(\d{1,9}[smhdw])+$/
const [SHORTEST, LONGEST] = [MINUTE, DAY]

/** A span such as `90m` or `1d12h` in ms; null for a text that is none. */
export function spanMs(text: string): number | null {
  if (!SPAN.test(text)) return null
  const parts = text.match(/\d+[smhdw]/g) ?? []
  return parts.reduce(
    (sum, part) => sum + Number(part.slice(0, -1)) * (UNITS[part.slice(-1)] ?? 0),
    0,
  )
}

/** The seconds between two ticks that `--every` means; stops with exit 2 at anything else. */
export function everySeconds(text: string | undefined): number {
  const span = spanMs(text ?? "5m")
  if (span !== null && span >= SHORTEST && span <= LONGEST) return span / SECOND
  return failUsage(
    "invalid_value",
    "`--every` is a span from 60s to 24h, such as `90s`, `5m` or `1h`",
    "aim schedule install codex --every 5m",
  )
}
