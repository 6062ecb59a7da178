import type { ProviderId } from "../domain/provider-id.ts"
import { mark, setMark } from "./marks.ts"
import type { Sql } from "./sql.ts"

/** By how much an issuer's clock was ahead of this machine's when it last told its time, ms. */
export function issuerLead(sql: Sql, provider: ProviderId): number {
  return mark(sql, nameOf(provider)) ?? 0
}

/** Keeps by how many ms an issuer's clock is ahead of this machine's. */
export function saveIssuerLead(sql: Sql, provider: ProviderId, lead: number): void {
  setMark(sql, nameOf(provider), lead)
}

function nameOf(provider: ProviderId): string {
  return `issuer_lead:${provider}`
}
