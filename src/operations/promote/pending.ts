import type { Fetched } from "../../authority/fetch-offer.ts"
import type { Offer } from "../../domain/authority/portable.ts"
import { CLIENT_WORD } from "../../domain/client-word.ts"
import type { Document } from "../../domain/document.ts"
import { credentialFingerprint } from "../../domain/fingerprint.ts"
import { baseOf } from "../../domain/import/base.ts"
import { importEntry } from "../../domain/import/block.ts"
import { importStatus } from "../../domain/import/status.ts"
import type { Label } from "../../domain/label.ts"
import { pairHash } from "../../domain/pair.ts"
import { planPromotion } from "../../domain/promotion/plan.ts"
import type { ProviderId } from "../../domain/provider-id.ts"
import { standingVerdict } from "../../domain/readiness.ts"
import { storedLogin } from "../../domain/stored-login.ts"
import { pairOfRecord } from "../../domain/stored-pair.ts"
import { recordedAuthority } from "../../pool/authority.ts"
import { fetchNoted, shallWait } from "../../pool/authority-reach.ts"
import type { Pool } from "../../pool/pool.ts"
import { recordAct } from "../../pool/record.ts"
import { now } from "../../system/clock.ts"
import { AimError, type Problem } from "../../system/errors.ts"
import { clientOf } from "../sync/live.ts"
import { promoteTo } from "./send.ts"

/** What of the dirty labels was handed over unasked, or why nothing was. */
export type Pending = { labels: Label[]; problem: Problem | null }

const NOTHING: Pending = { labels: [], problem: null }

/**
 * Hands over, unasked, what has grown here out of the very login that the authority still has: that
 * one is spent, so the authority can only gain. Whatever else has changed here waits for its
 * operator. Costs nothing without such labels; an authority that could not be reached is let alone
 * for a while. `fetched` is what it was seen to have just now.
 */
export async function promotePending(
  pool: Pool,
  provider: ProviderId,
  fetched: Fetched | null = null,
): Promise<Pending> {
  const { document } = await pool.vault.read()
  const { dirtyLabels } = importStatus(document, provider)
  const locator = dirtyLabels.length === 0 ? null : recordedAuthority(pool, document, provider)
  if (locator === null || (fetched === null && shallWait(pool, locator))) return NOTHING
  try {
    const { offer } = fetched ?? (await fetchNoted(pool, locator, provider))
    const heirs = dirtyLabels.filter((label) => isHeir(document, provider, label, offer))
    if (heirs.length === 0) return NOTHING
    const { promotion } = planPromotion(document, provider, heirs, now())
    const { status } = await promoteTo(pool, locator, provider, promotion)
    const act = { target: locator.display, labels: heirs, unasked: true }
    const action = `${CLIENT_WORD[provider]}_promote`
    recordAct(pool, { action, status, ...act }, clientOf(pool, provider)?.id ?? null)
    return { labels: heirs, problem: null }
  } catch (error) {
    if (!(error instanceof AimError)) throw error
    return { labels: [], problem: error.problem }
  }
}

/** True where the login here grew out of the authority's present one, and is of use to it. */
function isHeir(
  document: Document,
  provider: ProviderId,
  label: Label,
  { credentials }: Offer,
): boolean {
  const upstream = Object.hasOwn(credentials, label) ? credentials[label] : undefined
  const there = upstream === undefined ? null : pairOfRecord(provider, upstream)
  const here = storedLogin(document, { provider, label })
  if (here === null || there === null || standingVerdict(here) !== null) return false
  const { fingerprint } = baseOf(importEntry(document, provider, label) ?? {})
  const isBase = fingerprint === credentialFingerprint(provider, upstream)
  const lives = here.expiresAt === null || here.expiresAt > now()
  // The same pair, of which this machine has more (its real id token, say), is of use as well.
  const grew =
    here.formerPairs.includes(pairHash(there.refresh)) || here.refresh.equals(there.refresh)
  return isBase && lives && grew
}
