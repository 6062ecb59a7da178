import type { ProviderId } from "../domain/provider-id.ts"
import type { Finding } from "../domain/receipt.ts"
import type { UsageResult } from "../providers/provider.ts"
import { MINUTE } from "../system/time.ts"
import type { Pool } from "./pool.ts"

/** Remembers how far the issuer's clock and ours are apart, where its reply told the time. */
export function noteClock({ ledger }: Pool, provider: ProviderId, result: UsageResult): void {
  if (result.issuerLeadMs !== undefined) ledger.saveIssuerLead(provider, minutesOf(result))
}

/** In whole minutes, so that the seconds between two replies are no news to write down. */
function minutesOf({ issuerLeadMs = 0 }: UsageResult): number {
  return Math.round(issuerLeadMs / MINUTE) * MINUTE
}

/**
 * The warning that this machine's clock is more than five minutes off an issuer's, by what the
 * issuers last told: one, of the clock that differs most, since it is this machine's that is wrong.
 */
export function clockOff({ ledger, providers }: Pool): Finding[] {
  const leads = Object.values(providers)
    .map(({ id }) => ({ id, lead: ledger.issuerLead(id) }))
    .toSorted((a, b) => Math.abs(b.lead) - Math.abs(a.lead))
  const [worst] = leads
  if (worst === undefined || worst.lead === 0) return []
  const minutes = Math.abs(worst.lead / MINUTE)
  return [
    {
      kind: "clock_off",
      provider: worst.id,
      minutes: -worst.lead / MINUTE,
      detail: `this machine's clock is ${minutes} minutes ${worst.lead > 0 ? "behind" : "ahead of"} the clock of \`${worst.id}\`; windows are read by the issuer's`,
      hint: "set this machine's clock, best by NTP",
    },
  ]
}
