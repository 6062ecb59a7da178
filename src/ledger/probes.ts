import type { Label } from "../domain/label.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import type { LabelKey, ProbeState } from "./ledger.ts"
import { withoutTokens } from "./ledger-text.ts"
import { type Sql, whole } from "./sql.ts"

/** The state of a label that was never probed. */
export const NEVER_PROBED: ProbeState = {
  lastAttemptAt: null,
  lastSuccessAt: null,
  lastOutcome: null,
  lastDetail: null,
  retryAfterUntil: null,
  consecutiveFailures: 0,
  lastRefreshAt: null,
  lastQuotaHitAt: null,
}

const LONGEST_DETAIL = 500

const STATE = `last_attempt_at as lastAttemptAt, last_success_at as lastSuccessAt,
  last_outcome as lastOutcome, last_detail as lastDetail,
  retry_after_until as retryAfterUntil, consecutive_failures as consecutiveFailures,
  last_refresh_at as lastRefreshAt, last_quota_hit_at as lastQuotaHitAt`

/** How a label's probes went; {@link NEVER_PROBED} where there was none. */
export function probeState(sql: Sql, { provider, label }: LabelKey): ProbeState {
  return (
    sql.get<ProbeState>(
      `select ${STATE} from probe where provider = ? and label = ?`,
      provider,
      label,
    ) ?? { ...NEVER_PROBED }
  )
}

/** The states of a provider's labels that were probed. */
export function probeStates(sql: Sql, provider: ProviderId): Map<Label, ProbeState> {
  const rows = sql.all<ProbeState & { label: Label }>(
    `select label, ${STATE} from probe where provider = ?`,
    provider,
  )
  return new Map(rows.map(({ label, ...state }) => [label, state]))
}

/** Merges a patch; see `Ledger.saveProbe` for how failures are counted. */
export function saveProbe(sql: Sql, key: LabelKey, patch: Partial<ProbeState>): void {
  const before = probeState(sql, key)
  const next: ProbeState = {
    ...before,
    consecutiveFailures: failuresAfter(before.consecutiveFailures, patch.lastOutcome),
    ...patch,
  }
  sql.run(
    `insert or replace into probe (provider, label, last_attempt_at, last_success_at, last_outcome,
       last_detail, retry_after_until, consecutive_failures, last_refresh_at, last_quota_hit_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    key.provider,
    key.label,
    whole(next.lastAttemptAt),
    whole(next.lastSuccessAt),
    next.lastOutcome,
    next.lastDetail === null ? null : withoutTokens(next.lastDetail).slice(0, LONGEST_DETAIL),
    whole(next.retryAfterUntil),
    whole(next.consecutiveFailures),
    whole(next.lastRefreshAt),
    whole(next.lastQuotaHitAt),
  )
}

function failuresAfter(before: number, outcome: string | null | undefined): number {
  if (outcome === undefined || outcome === null) return before
  return outcome === "ok" ? 0 : before + 1
}
