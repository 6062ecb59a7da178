import type { Label } from "../domain/label.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import type { Cooldown, LabelKey } from "./ledger.ts"
import { withoutTokens } from "./ledger-text.ts"
import { type Sql, whole } from "./sql.ts"

/** Cools a label until then (epoch ms). Of two reasons the one with the later end is kept. */
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

/** The label may be chosen again, whatever its reason to cool was. */
export function endCooling(sql: Sql, { provider, label }: LabelKey): void {
  sql.run("delete from cooldown where provider = ? and label = ?", provider, label)
}

/** Until when a label cools and why; null when it does not at `now` (epoch ms). */
export function cooling(sql: Sql, { provider, label }: LabelKey, now: number): Cooldown | null {
  return sql.get<Cooldown>(
    "select until, reason from cooldown where provider = ? and label = ? and until > ?",
    provider,
    label,
    whole(now),
  )
}

/** The cooldowns of a provider's labels that last at `now`. */
export function coolings(sql: Sql, provider: ProviderId, now: number): Map<Label, Cooldown> {
  const rows = sql.all<Cooldown & { label: Label }>(
    "select label, until, reason from cooldown where provider = ? and until > ?",
    provider,
    whole(now),
  )
  return new Map(rows.map(({ label, ...cooldown }) => [label, cooldown]))
}
