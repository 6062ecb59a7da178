import { portableCredential } from "../domain/authority/portable.ts"
import { ASKED_IN_A_CIRCLE, type RefreshAnswer } from "../domain/authority/refresh.ts"
import { asObject, credentialRecord, type Document, providerOf } from "../domain/document.ts"
import { pairHash } from "../domain/pair.ts"
import { standingVerdict } from "../domain/readiness.ts"
import { storedLogin } from "../domain/stored-login.ts"
import type { LabelKey } from "../ledger/ledger.ts"
import { SECOND } from "../system/time.ts"
import { type Healed, healLabel } from "./heal.ts"
import type { Pool } from "./pool.ts"
import { recordAct } from "./record.ts"
import { refreshLabel } from "./refresh.ts"
import { isGood, isNews, type RefreshOutcome, reachedBy } from "./refresh-outcome.ts"
import { stateName } from "./state-name.ts"

/** A consumer waits for the answer: an aim that is at work here for longer is `busy`. */
const WAIT_MS = 10 * SECOND

/**
 * The authority's side of a consumer that needs a newer pair: one that both hold (`known`, the hash
 * of its refresh token) is posted here, under this machine's lease, at most once however many ask.
 * Where the consumer is behind, it gets the pair that stands here, refreshed first if it is due. A
 * pair that this machine does not know may have grown out of the one here, which is spent then:
 * nothing is posted. A label that was renamed here is known by its pair: the consumer would post it
 * beside this machine otherwise. The new pair goes to this machine's own stores, too. `via` names the
 * states that have asked each other for it so far; this one among them would wait for itself.
 */
export async function refreshForConsumer(
  pool: Pool,
  asked: LabelKey,
  known: string | null,
  via: readonly string[] = [],
): Promise<RefreshAnswer> {
  if (via.includes(await stateName(pool))) return { kind: "cannot", why: ASKED_IN_A_CIRCLE }
  const { document } = await pool.vault.read()
  const key = labelHere(document, asked, known)
  if (key === null) return { kind: "cannot", why: "unknown_label" }
  const before = storedLogin(document, key)
  const both = before !== null && pairHash(before.refresh) === known
  if (known !== null && !hasHeld(document, key, known))
    return answerOf(document, key, known, { kind: "not_due" })
  const force = both ? { refused: before.access } : false
  const outcome = await refreshLabel(pool, key, force, null, { via, waitMs: WAIT_MS })
  const stores = isNews(outcome) ? [...reachedBy(outcome), ...(await healLabel(pool, key))] : []
  note(pool, key, outcome, stores)
  return answerOf((await pool.vault.read()).document, key, known, outcome)
}

/** The label that is meant: the one of this name, or the one that the pair has gone to since. */
function labelHere(document: Document, asked: LabelKey, known: string | null): LabelKey | null {
  const named = isLabel(document, asked) ? asked : null
  if (known === null || (named !== null && hasHeld(document, named, known))) return named
  const { provider } = asked
  const others = Object.keys(document.accounts).map((label) => ({ provider, label }))
  return others.find((key) => isLabel(document, key) && hasHeld(document, key, known)) ?? named
}

/** Whether a label holds this pair, or held it before. */
function hasHeld(document: Document, key: LabelKey, pair: string): boolean {
  const stored = storedLogin(document, key)
  return stored !== null && [pairHash(stored.refresh), ...stored.formerPairs].includes(pair)
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
  const both = known === null || pairHash(stored.refresh) === known
  const verdict = standingVerdict(stored)
  if (verdict !== null && both) return { kind: "dead", reason: codeOf(verdict.reason) }
  // An issuer may answer with a new access token alone: then the refresh token is the known one.
  if (isNews(outcome) || pairHash(stored.refresh) !== known)
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
