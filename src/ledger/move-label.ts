import type { Label } from "../domain/label.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import type { Sql } from "./sql.ts"

const PER_LABEL = ["last_reading", "sample", "probe", "cooldown"]

/**
 * Renames a label, or forgets it, wherever something is kept for it. What a former bearer of the
 * new name left behind gives way. Receipts are records: they follow a new name and are never
 * forgotten with a label. Labels are unique across providers, so a receipt needs no provider.
 */
export function moveLabel(sql: Sql, provider: ProviderId, from: Label, to: Label | null): void {
  for (const table of PER_LABEL) {
    if (to === null)
      sql.run(`delete from ${table} where provider = ? and label = ?`, provider, from)
    else
      sql.run(
        `update or replace ${table} set label = ? where provider = ? and label = ?`,
        to,
        provider,
        from,
      )
  }
  if (to !== null) sql.run("update receipt set label = ? where label = ?", to, from)
}
