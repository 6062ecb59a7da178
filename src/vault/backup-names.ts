import { DAY } from "../system/time.ts"

/** How many backups are kept whatever their age, and how many days keep their last one. */
const NEWEST_KEPT = 20
const DAYS_KEPT = 14

const STAMP = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)(\d{3})$/

/**
 * `YYYYMMDD-HHMMSSmmm` in local time, as the reference program names its backups: those of both
 * programs sort by name from old to new.
 */
export function backupStamp(at: number): string {
  const date = new Date(at)
  const pad = (value: number, width = 2) => String(value).padStart(width, "0")
  const day = `${pad(date.getFullYear(), 4)}${pad(date.getMonth() + 1)}${pad(date.getDate())}`
  const time = `${pad(date.getHours())}${pad(date.getMinutes())}${pad(date.getSeconds())}`
  return `${day}-${time}${pad(date.getMilliseconds(), 3)}`
}

/** When a backup was made by its stamp, epoch ms; null when the text is no stamp. */
export function stampTime(stamp: string): number | null {
  const parts = STAMP.exec(stamp)?.slice(1).map(Number)
  if (parts === undefined) return null
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0, ms = 0] = parts
  return new Date(year, month - 1, day, hours, minutes, seconds, ms).getTime()
}

/** The stamps among the names of a folder, newest first. */
export function backupStamps(names: readonly string[], fileName: string): string[] {
  const prefix = `${fileName}.bak.`
  return names
    .filter((name) => name.startsWith(prefix) && STAMP.test(name.slice(prefix.length)))
    .map((name) => name.slice(prefix.length))
    .sort()
    .reverse()
}

/**
 * A stamp for a backup made at `at` (epoch ms) that sorts behind all others: what was made last
 * stays the newest by name within one millisecond, and when the clock or its zone is set back.
 */
export function nextStamp(taken: readonly string[], at: number): string {
  const newest = taken.filter(isMade).sort().at(-1) ?? ""
  let stamp = backupStamp(at)
  for (let later = stampTime(newest) ?? at; stamp <= newest; ) stamp = backupStamp(++later)
  return stamp
}

/**
 * The stamps that may go: all but the newest 20 and the last one of each of the 14 days that end
 * with the day of `now` (epoch ms).
 */
export function expiredStamps(stamps: readonly string[], now: number): string[] {
  const newestFirst = [...stamps].sort().reverse()
  const oldestDay = dayOf(backupStamp(now - (DAYS_KEPT - 1) * DAY))
  const kept = new Set(newestFirst.slice(0, NEWEST_KEPT))
  const days = new Set<string>()
  for (const stamp of newestFirst) {
    const day = dayOf(stamp)
    if (day < oldestDay || days.has(day)) continue
    days.add(day)
    kept.add(stamp)
  }
  return newestFirst.filter((stamp) => !kept.has(stamp))
}

/** False for what no clock has made, such as a month 99: no stamp could follow it. */
function isMade(stamp: string): boolean {
  return stamp < "9999" && backupStamp(stampTime(stamp) ?? 0) === stamp
}

function dayOf(stamp: string): string {
  return stamp.slice(0, 8)
}
