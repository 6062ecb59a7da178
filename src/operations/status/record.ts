import type { InferOutput } from "valibot"
import type { Label } from "../../domain/label.ts"
import { PROVIDER_IDS, type ProviderId } from "../../domain/provider-id.ts"
import type { Cooldown, Ledger, ProbeState } from "../../ledger/ledger.ts"
import { NEVER_PROBED } from "../../ledger/probes.ts"
import { isoTime } from "../../system/time.ts"
import type * as schema from "./schema/account.ts"

export type LabelRecord = InferOutput<typeof schema.LabelRecord>

/** What the ledger remembers of all labels, by provider. */
export type Remembered = ReadonlyMap<
  ProviderId,
  { probes: ReadonlyMap<Label, ProbeState>; coolings: ReadonlyMap<Label, Cooldown> }
>

/** What the ledger remembers of every label at `at` (epoch ms), read at once for all of them. */
export function rememberedBy(ledger: Ledger, at: number): Remembered {
  return new Map(
    PROVIDER_IDS.map((provider) => [
      provider,
      { probes: ledger.probeStates(provider), coolings: ledger.coolings(provider, at) },
    ]),
  )
}

/** The record of a label; of a provider that aim does not know there is none. */
export function labelRecord(
  remembered: Remembered,
  provider: ProviderId | null,
  label: Label,
): LabelRecord {
  const known = provider === null ? undefined : remembered.get(provider)
  const probe = known?.probes.get(label) ?? NEVER_PROBED
  const cooling = known?.coolings.get(label)
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
