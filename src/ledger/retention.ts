import { PROVIDER_IDS } from "../domain/provider-id.ts"
import { DAY, HOUR } from "../system/time.ts"
import { mark, setMark } from "./marks.ts"
import { dropSamples, rollUp } from "./old-samples.ts"
import { type Sql, whole } from "./sql.ts"

/** How old a receipt may be, ms; at most 50,000 are kept. */
export const RECEIPTS_FOR = 365 * DAY
const MOST_RECEIPTS = 50_000
/** How old a tick may be that left all as it was, ms; what a watch did stays as any receipt does. */
const KEPT_TICKS_FOR = 90 * DAY
const HISTORY_FOR = 90 * DAY
const SIGHTINGS_FOR = 90 * DAY

/** Rows that one slice looks at: a millisecond or two, in which no other process can write. */
export const SLICE_ROWS = 1_000
/** After this long a command begins no further slice, ms. */
export const TIDY_FOR_MS = 10

/** A piece of retention: does one slice and says whether there was anything to do. */
type Job = (sql: Sql, now: number) => boolean

/** What is only to be deleted comes first: it need not be rolled up. */
const JOBS: readonly Job[] = [
  ...PROVIDER_IDS.flatMap((provider): Job[] => [
    (sql, now) => dropSamples(sql, provider, now, SLICE_ROWS),
    (sql, now) => rollUp(sql, provider, now, SLICE_ROWS),
    (sql, now) => dropHistory(sql, provider, now),
  ]),
  dropKeptTicks,
  dropReceipts,
  dropSightings,
]

/** True when retention has work: at most once an hour, and until a backlog is done. */
export function tidyDue(sql: Sql, now: number): boolean {
  const next = mark(sql, "next_tidy")
  return next === null || now >= next || next > now + HOUR
}

/** Does the first job that has work; gives false when none has: the next look is in an hour. */
export function tidySlice(sql: Sql, now: number): boolean {
  const worked = JOBS.some((job) => job(sql, now))
  setMark(sql, "next_tidy", worked ? now : now + HOUR)
  return worked
}

/** Old or surplus receipts go, but the newest of each action stays: the vault exports it. */
function dropReceipts(sql: Sql, now: number): boolean {
  // Each action by a look into its index: `distinct` would walk through every receipt.
  const actions = `
    select min(action) as name from receipt union all
    select (select min(action) from receipt where action > actions.name) from actions
    where actions.name is not null`
  const kept = `
    select (select id from receipt where action = actions.name order by at desc, id desc limit 1)
    from actions where name is not null`
  const surplus = `select at from receipt order by at desc limit 1 offset ${MOST_RECEIPTS - 1}`
  return (
    sql.run(
      `with recursive actions as (${actions})
       delete from receipt where id in (
         select id from receipt
         where at < max(?, coalesce((${surplus}), 0)) and id not in (${kept})
         order by at limit ${SLICE_ROWS})`,
      whole(now - RECEIPTS_FOR),
    ) > 0
  )
}

/** Of the ticks that changed nothing the newest of each watch stays: the next one extends it. */
function dropKeptTicks(sql: Sql, now: number): boolean {
  return (
    sql.run(
      `delete from receipt where id in (
         select id from receipt join run on run.receipt = id
         where at < ? and status = 'noop'
           and id < (select max(receipt) from run as last where last.action = run.action)
         order by at limit ${SLICE_ROWS})`,
      whole(now - KEPT_TICKS_FOR),
    ) > 0
  )
}

function dropHistory(sql: Sql, provider: string, now: number): boolean {
  return (
    sql.run(
      `delete from history where id in (
         select id from history where provider = ? and at < ? limit ${SLICE_ROWS})`,
      provider,
      whole(now - HISTORY_FOR),
    ) > 0
  )
}

/** One row for each store that was ever written: few enough to be looked through. */
function dropSightings(sql: Sql, now: number): boolean {
  return sql.run("delete from sighting where seen_at < ?", whole(now - SIGHTINGS_FOR)) > 0
}
