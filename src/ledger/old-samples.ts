import type { ProviderId } from "../domain/provider-id.ts"
import { DAY, HOUR } from "../system/time.ts"
import { mark, setMark } from "./marks.ts"
import { meanOf } from "./mean.ts"
import { type Sql, whole } from "./sql.ts"

const RAW_FOR = 7 * DAY
const KEPT_FOR = 90 * DAY

/**
 * Makes one row of each label's hour that is a week old: its last reading, with the means and the
 * number of the readings that go. Looks at no more than about `rows` rows, so an hour that holds
 * more is done in parts. The mark is the first time that is not rolled up yet.
 * @returns whether there was anything to do
 */
export function rollUp(sql: Sql, provider: ProviderId, now: number, rows: number): boolean {
  const name = `rolled_up:${provider}`
  const end = startOfHour(now - RAW_FOR)
  const start = observedFrom(sql, provider, mark(sql, name) ?? 0, 0)
  if (start === null || start >= end) return false
  const until = Math.min(end, cutAfter(start, observedFrom(sql, provider, start, rows) ?? end))
  // From the hour's start: a part that was rolled up before is one more row to be merged.
  const slice = [provider, whole(startOfHour(start)), whole(until)]
  sql.run(`${HOURLY} ${MERGE}`, ...slice)
  sql.run(`${HOURLY} ${DROP_MERGED}`, ...slice)
  setMark(sql, name, until)
  return true
}

/** Deletes up to `rows` of the samples that are older than 90 days; false when there is none. */
export function dropSamples(sql: Sql, provider: ProviderId, now: number, rows: number): boolean {
  const end = now - KEPT_FOR
  const start = observedFrom(sql, provider, 0, 0)
  if (start === null || start >= end) return false
  const cut = observedFrom(sql, provider, start, rows) ?? end
  const until = Math.min(end, Math.max(cut, start + 1))
  const text = "delete from sample where provider = ? and observed_at < ?"
  return sql.run(text, provider, whole(until)) > 0
}

/** What becomes of each label's hours between two times; a row without `readings` is one reading. */
const HOURLY = `
  with hourly as (
    select label as of_label, max(observed_at) as last, max(active) as active,
      sum(coalesce(readings, 1)) as readings,
      ${meanOf("five")} as five_mean, ${meanOf("week")} as week_mean
    from sample where provider = ?1 and observed_at >= ?2 and observed_at < ?3
    group by label, observed_at / ${HOUR}
  )`
const MERGE = `
  update sample set readings = hourly.readings, active = hourly.active,
    five_mean = hourly.five_mean, week_mean = hourly.week_mean
  from hourly
  where provider = ?1 and observed_at >= ?2 and observed_at < ?3
    and observed_at = hourly.last and label = hourly.of_label`
const DROP_MERGED = `
  delete from sample
  where provider = ?1 and observed_at >= ?2 and observed_at < ?3
    and (observed_at, label) not in (select last, of_label from hourly)`

/** Whole hours where they fit into a slice, else what fits of the first one; always some of it. */
function cutAfter(start: number, cut: number): number {
  const hour = startOfHour(cut)
  return hour > start ? hour : Math.max(cut, start + 1)
}

/** The time of a sample at or after `from`, `skip` samples on; null when there is none. */
function observedFrom(sql: Sql, provider: ProviderId, from: number, skip: number): number | null {
  const row = sql.get<{ at: number }>(
    `select observed_at as at from sample where provider = ? and observed_at >= ?
     order by observed_at limit 1 offset ?`,
    provider,
    whole(from),
    skip,
  )
  return row?.at ?? null
}

function startOfHour(at: number): number {
  return Math.floor(at / HOUR) * HOUR
}
