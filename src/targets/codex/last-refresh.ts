import { isoTime, MINUTE, parseIso } from "../../system/time.ts"

/**
 * A time text that Codex CLI 0.169.0 accepts for `last_refresh`, as epoch ms, or null for one
 * that makes it refuse the whole file. Run against the binary: a zone is a must, `T`, `t` or
 * blanks part day and time, numbers may have one digit and blanks around them, `UTC` is `Z`.
 */
export function parseLastRefresh(text: unknown): number | null {
  const found = typeof text === "string" ? FORM.exec(text) : null
  if (found === null) return null
  const [year = "", month = "", day = "", hour = "", minute = "", second = ""] = found.slice(1)
  const date = [year, ...[month, day].map(two)].join("-")
  const leap = second === "60"
  const time = [hour, minute, leap ? "59" : second].map(two).join(":")
  const local = parseIso(`${date}T${time}${(found[7] ?? "").slice(0, 4)}Z`)
  const zone = offset(found[8] ?? "Z")
  if (local === null || zone === null) return null
  // Rolled over: a day that the month has not, or hour 24.
  if (!isoTime(local).startsWith(date)) return null
  return local - zone
}

/** The same moment as aim writes it: RFC 3339 with `Z`; a text that is that already stays. */
export function lastRefreshText(text: unknown): string | null {
  const at = parseLastRefresh(text)
  if (at === null) return null
  return typeof text === "string" && STRICT.test(text) ? text : isoTime(at)
}

const FORM =
  /^\s*(\d{4})\s*-\s*(\d{1,2})\s*-\s*(\d{1,2})[Tt ]\s*(\d{1,2})\s*:\s*(\d{1,2})\s*:\s*(\d{1,2})(\.\d+)?\s*(Z|UTC|[+\u2212-]\d{2}[\s:]*\d{2})\s*$/i
const STRICT = /^\d{4}-\d{2}-\d{2}T\d{2}:[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/

function two(digits: string): string {
  return digits.padStart(2, "0")
}

/** Milliseconds east of UTC, or null for a zone that there is not. */
function offset(zone: string): number | null {
  const found = /^(.)(\d{2})[\s:]*(\d{2})$/.exec(zone)
  if (found === null) return 0
  const hours = Number(found[2])
  const minutes = Number(found[3])
  if (hours > 23 || minutes > 59) return null
  return (found[1] === "+" ? 1 : -1) * (hours * 60 + minutes) * MINUTE
}
