import { PROVIDER_IDS, type ProviderId } from "../domain/provider-id.ts"
import { DAY, HOUR } from "../system/time.ts"
import { type Sql, whole } from "./sql.ts"

const RAW_SAMPLES_FOR = 7 * DAY
const SAMPLES_FOR = 90 * DAY
const RECEIPTS_FOR = 365 * DAY
const MOST_RECEIPTS = 50_000
const HISTORY_FOR = 90 * DAY
const SIGHTINGS_FOR = 90 * DAY

/** Rows that one slice looks at: a millisecond or two. */
const SLICE = 500

/** A piece of retention: does one slice and says whether there was anything to do. */
type Job = (sql: Sql, now: number) => boolean

const JOBS: readonly Job[] = [
  ...PROVIDER_IDS.map(
    (provider): Job =>
      (sql, now) =>
        rollUp(sql, provider, now),
  ),
  ...PROVIDER_IDS.map(
    (provider): Job =>
      (sql, now) =>
        dropSamples(sql, provider, now),
  ),
  dropReceipts,
  deleteWhere("history", "id", "at < ?", HISTORY_FOR),
  deleteWhere("sighting", "store", "seen_at < ?", SIGHTINGS_FOR),
]

/** True when retention has work: at most once an hour, and until a backlog is done. */
export function tidyDue(sql: Sql, now: number): boolean {
  const next = mark(sql, "next_tidy")
  return next === null || now >= next || next > now + HOUR
}

/** Does the first job that has work; when none has, the next look is in an hour. */
export function tidySlice(sql: Sql, now: number): void {
  const worked = JOBS.some((job) => job(sql, now))
  setMark(sql, "next_tidy", worked ? now : now + HOUR)
}

/**
 * Makes one row of each label's hour: its last reading, with the means and the number of the
 * readings that go. The mark is the start of the first hour that is not rolled up yet.
 */
function rollUp(sql: Sql, provider: ProviderId, now: number): boolean {
  const name = `rolled_up:${provider}`
  const end = startOfHour(now - RAW_SAMPLES_FOR)
  const start = observedFrom(sql, provider, mark(sql, name) ?? 0, 0)
  if (start === null || start >= end) return false
  const from = startOfHour(start)
  const cut = observedFrom(sql, provider, from, SLICE)
  const until = Math.min(end, Math.max(from + HOUR, cut === null ? end : startOfHour(cut)))
  const slice = [provider, whole(from), whole(until)]
  sql.run(
    `update sample set readings = hourly.readings, active = hourly.active,
       five_mean = hourly.five_mean, week_mean = hourly.week_mean
     from (
       select label as of_label, max(observed_at) as last, max(active) as active,
         count(*) as readings, avg(five_used) as five_mean, avg(week_used) as week_mean
       from sample where provider = ?1 and observed_at >= ?2 and observed_at < ?3
       group by label, observed_at / ${HOUR}
     ) as hourly
     where provider = ?1 and observed_at >= ?2 and observed_at < ?3
       and observed_at = hourly.last and label = hourly.of_label`,
    ...slice,
  )
  sql.run(
    `delete from sample
     where provider = ? and observed_at >= ? and observed_at < ? and readings is null`,
    ...slice,
  )
  setMark(sql, name, until)
  return true
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

function dropSamples(sql: Sql, provider: ProviderId, now: number): boolean {
  const end = now - SAMPLES_FOR
  const cut = observedFrom(sql, provider, 0, SLICE) ?? end
  return (
    sql.run(
      "delete from sample where provider = ? and observed_at < ?",
      provider,
      whole(Math.min(end, cut)),
    ) > 0
  )
}

/** Old or surplus receipts go, but the newest of each action stays: the vault exports it. */
function dropReceipts(sql: Sql, now: number): boolean {
  const kept = `
    select (select id from receipt where action = known.action order by at desc, id desc limit 1)
    from (select distinct action from receipt) as known`
  const surplus = `select at from receipt order by at desc limit 1 offset ${MOST_RECEIPTS - 1}`
  return (
    sql.run(
      `delete from receipt where id in (
         select id from receipt
         where at < max(?, coalesce((${surplus}), 0)) and id not in (${kept})
         order by at limit ${SLICE})`,
      whole(now - RECEIPTS_FOR),
    ) > 0
  )
}

function deleteWhere(table: string, key: string, old: string, age: number): Job {
  return (sql, now) =>
    sql.run(
      `delete from ${table} where ${key} in (
         select ${key} from ${table} where ${old} limit ${SLICE})`,
      whole(now - age),
    ) > 0
}

function startOfHour(at: number): number {
  return Math.floor(at / HOUR) * HOUR
}

function mark(sql: Sql, name: string): number | null {
  return sql.get<{ at: number }>("select at from mark where name = ?", name)?.at ?? null
}

function setMark(sql: Sql, name: string, at: number): void {
  sql.run("insert or replace into mark (name, at) values (?, ?)", name, whole(at))
}
