import type { AwakeMoment } from "../system/awake-clock.ts"
import { DAY } from "../system/time.ts"
import { type Sql, whole } from "./sql.ts"

/** Since when the store is known to hold this pair; null when that is not known or must be noted. */
export function sightedSince(
  sql: Sql,
  store: string,
  pairHash: string,
  moment: AwakeMoment,
  at: number,
): number | null {
  const row = sql.get<{ since: number }>(
    `select since from sighting
     where store = ? and pair_hash = ? and since <= ? and seen_at between ? and ?`,
    store,
    printOf(pairHash, moment),
    whole(moment.ms),
    whole(at - DAY),
    whole(at + DAY),
  )
  return row?.since ?? null
}

/** Notes that the store holds this pair now. Another pair, or another boot, begins anew. */
export function sight(
  sql: Sql,
  store: string,
  pairHash: string,
  moment: AwakeMoment,
  at: number,
): number {
  const row = sql.get<{ since: number }>(
    `insert into sighting (store, pair_hash, since, seen_at) values (?1, ?2, ?3, ?4)
     on conflict (store) do update set pair_hash = excluded.pair_hash, seen_at = excluded.seen_at,
       since = case when pair_hash = excluded.pair_hash and since <= excluded.since
         then since else excluded.since end
     returning since`,
    store,
    printOf(pairHash, moment),
    whole(moment.ms),
    whole(at),
  )
  return row?.since ?? moment.ms
}

/** Times of two boots can't be compared. */
function printOf(pairHash: string, { of }: AwakeMoment): string {
  return `${pairHash} ${of}`
}
