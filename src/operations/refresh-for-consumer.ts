import { asObject, credentialRecord, type Document, providerOf } from "../domain/document.ts"
import { pairHash } from "../domain/pair.ts"
import { portableCredential } from "../domain/portable.ts"
import { standingVerdict } from "../domain/readiness.ts"
import type { RefreshAnswer } from "../domain/refresh-document.ts"
import { storedLogin } from "../domain/stored-login.ts"
import type { LabelKey } from "../ledger/ledger.ts"
import { type Healed, healLabel } from "../pool/heal.ts"
import type { Pool } from "../pool/pool.ts"
import { recordAct } from "../pool/record.ts"
import { refreshLabel } from "../pool/refresh.ts"
import { isGood, type RefreshOutcome, reachedBy } from "../pool/refresh-outcome.ts"

/**
 * The authority's side of a consumer that needs a newer pair: one that both hold (`known`, the hash
 * of its refresh token) is posted here, under this machine's lease, at most once however many ask;
 * any other is answered with as it stands, refreshed first if it is due here. The new pair goes to
 * this machine's own stores, too.
 */
export async function refreshForConsumer(
  pool: Pool,
  key: LabelKey,
  known: string | null,
): Promise<RefreshAnswer> {
  const { document } = await pool.vault.read()
  if (!isLabel(document, key)) return { kind: "cannot", why: "unknown_label" }
  const before = storedLogin(document, key)
  const both = before !== null && pairHash(before.refresh) === known
  const outcome = await refreshLabel(pool, key, both ? { refused: before.access } : false)
  const stores =
    outcome.kind === "refreshed" || outcome.kind === "captured"
      ? [...reachedBy(outcome), ...(await healLabel(pool, key))]
      : []
  note(pool, key, outcome, stores)
  return answerOf((await pool.vault.read()).document, key, known, outcome)
}

function answerOf(
  document: Document,
  key: LabelKey,
  known: string | null,
  outcome: RefreshOutcome,
): RefreshAnswer {
  const record = credentialRecord(document, key.provider, key.label)
  const stored = storedLogin(document, key)
  if (record === null || stored === null) return { kind: "cannot", why: "no_login" }
  const verdict = standingVerdict(stored)
  if (verdict !== null) return { kind: "dead", reason: codeOf(verdict.reason) }
  // An issuer may answer with a new access token alone: then the refresh token is the known one.
  const isNews = outcome.kind === "refreshed" || outcome.kind === "captured"
  if (isNews || pairHash(stored.refresh) !== known)
    return { kind: "pair", record: portableCredential(key.provider, record) }
  return isGood(outcome) ? { kind: "same" } : { kind: "cannot", why: outcome.kind }
}

function codeOf(reason: string): string {
  return /^[a-z_]{1,60}$/.test(reason) ? reason : "refused"
}

function isLabel({ accounts }: Document, { provider, label }: LabelKey): boolean {
  const account = Object.hasOwn(accounts, label) ? asObject(accounts[label]) : null
  return account !== null && providerOf(account) === provider
}

function note(pool: Pool, key: LabelKey, outcome: RefreshOutcome, stores: readonly Healed[]): void {
  const { kind, ...rest } = outcome
  const nothing = kind === "not_due" || kind === "no_login" || (kind === "dead" && outcome.known)
  const status = nothing ? "noop" : isGood(outcome) ? "applied" : "blocked"
  recordAct(pool, {
    action: "refresh",
    status,
    label: key.label,
    outcome: kind,
    ...rest,
    askedBy: "consumer",
    stores,
  })
}
