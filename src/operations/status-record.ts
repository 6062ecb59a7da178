import type { InferOutput } from "valibot"
import type { LabelKey, Ledger } from "../ledger/ledger.ts"
import { NEVER_PROBED } from "../ledger/probes.ts"
import { isoTime } from "../system/time.ts"
import type * as schema from "./status-schema/account.ts"

export type LabelRecord = InferOutput<typeof schema.LabelRecord>

/** The record of a label; of a provider that aim does not know there is none. */
export function labelRecord(ledger: Ledger, key: LabelKey | null, at: number): LabelRecord {
  const probe = key === null ? NEVER_PROBED : ledger.probeState(key)
  const cooling = key === null ? null : ledger.cooling(key, at)
  return {
    lastRefreshAt: timeOf(probe.lastRefreshAt),
    lastSuccessAt: timeOf(probe.lastSuccessAt),
    lastQuotaHitAt: timeOf(probe.lastQuotaHitAt),
    coolingUntil: timeOf(cooling?.until ?? null),
    coolingReason: cooling?.reason ?? null,
    consecutiveFailures: probe.consecutiveFailures,
  }
}

function timeOf(at: number | null): string | null {
  return at === null ? null : isoTime(at)
}
