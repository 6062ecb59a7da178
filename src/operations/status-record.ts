import type { LabelKey, Ledger } from "../ledger/ledger.ts"
import { NEVER_PROBED } from "../ledger/probes.ts"
import { isoTime } from "../system/time.ts"

/** What the ledger remembers of one label; ISO times. */
export type LabelRecord = {
  lastRefreshAt: string | null
  /** The last time that the issuer answered with a reading. */
  lastSuccessAt: string | null
  lastQuotaHitAt: string | null
  coolingUntil: string | null
  coolingReason: string | null
  /** Readings that failed since the last good one. */
  consecutiveFailures: number
}

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
