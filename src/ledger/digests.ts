import type { JsonObject } from "../domain/login.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import { ledgerText, parseLedgerText } from "./ledger-text.ts"
import { type Sql, whole } from "./sql.ts"

/**
 * What tells one set of samples from another: those that `samples` gives for the same arguments. Two
 * thousand of them are summed up in half a millisecond, and read and worked through in five.
 */
export function printOfSamples(
  sql: Sql,
  provider: ProviderId,
  since: number,
  limit: number,
): { print: string; last: number | null } {
  const row = sql.get<{ print: string; last: number | null }>(
    `select max(observed_at) as last, concat_ws(' ', count(*), min(observed_at), max(observed_at),
       sum(observed_at), total(five_used), total(week_used), total(five_reset_at),
       total(week_reset_at), total(active)) as print
     from (
       select * from sample where provider = ? and observed_at >= ?
       order by observed_at desc limit ?)`,
    provider,
    whole(since),
    whole(Math.max(0, limit)),
  )
  return row ?? { print: "", last: null }
}

/** What was kept under a name, if it was kept for this print; else null. */
export function digest(sql: Sql, name: string, print: string): JsonObject | null {
  const text = "select body from digest where name = ? and print = ?"
  const row = sql.get<{ body: string }>(text, name, print)
  return row === null ? null : parseLedgerText(row.body)
}

/** Keeps what was worked out of samples, with the print that tells whether they are still those. */
export function keepDigest(sql: Sql, name: string, print: string, body: JsonObject): void {
  const text = "insert or replace into digest (name, print, body) values (?, ?, ?)"
  sql.run(text, name, print, ledgerText(body))
}
