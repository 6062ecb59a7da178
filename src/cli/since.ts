import { failUsage } from "../system/errors.ts"
import { isoInstant } from "./iso-instant.ts"
import { spanMs } from "./span.ts"

/**
 * The instant (epoch ms) that a `--since` means: a span before `now` (`90m`, `1d12h`, `2w`), or an
 * ISO time; without a zone, and for a mere day, it is local. Stops with exit 2 at anything else.
 */
export function sinceTime(text: string | undefined, now: number): number | null {
  if (text === undefined) return null
  const span = spanMs(text)
  if (span !== null) return Math.max(0, now - span)
  const time = isoInstant(text)
  if (time !== null) return time
  return failUsage(
    "invalid_value",
    "`--since` is a span such as `90m`, `2h` or `7d`, or a time such as `2026-01-31T08:00`",
    "aim history --since 7d",
  )
}
