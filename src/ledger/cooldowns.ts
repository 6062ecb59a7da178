import type { LabelKey } from "./ledger.ts"
import { withoutTokens } from "./ledger-text.ts"
import { type Sql, whole } from "./sql.ts"

/** Two reasons to cool hold both: the later end wins, with its reason. */
export function cool(sql: Sql, key: LabelKey, until: number, reason: string): void {
  sql.run(
    `insert into cooldown (provider, label, until, reason) values (?, ?, ?, ?)
     on conflict (provider, label) do update set until = excluded.until, reason = excluded.reason
     where excluded.until > cooldown.until`,
    key.provider,
    key.label,
    whole(until),
    withoutTokens(reason),
  )
}

export function endCooling(sql: Sql, { provider, label }: LabelKey): void {
  sql.run("delete from cooldown where provider = ? and label = ?", provider, label)
}

export function cooling(
  sql: Sql,
  { provider, label }: LabelKey,
  now: number,
): { until: number; reason: string } | null {
  return sql.get<{ until: number; reason: string }>(
    "select until, reason from cooldown where provider = ? and label = ? and until > ?",
    provider,
    label,
    whole(now),
  )
}
