import { credentialRecord, type Document } from "../domain/document.ts"
import { describeIdentity } from "../domain/identity.ts"
import type { JsonObject } from "../domain/login.ts"
import { storedLogin } from "../domain/stored-login.ts"
import type { LabelKey } from "../ledger/ledger.ts"
import { now } from "../system/clock.ts"
import { beginInflight, clearInflight, keepReply } from "../vault/inflight.ts"
import type { Lease } from "../vault/vault.ts"
import { againstPost } from "./against-post.ts"
import { captureNewest } from "./capture.ts"
import { insist } from "./insist.ts"
import { type Pool, providerFor } from "./pool.ts"
import type { RefreshOutcome } from "./refresh-outcome.ts"
import { type PostedPair, settleReply, UNREADABLE, WRONG_IDENTITY } from "./settle.ts"

/**
 * One POST of the stored pair: noted on disk before, its raw reply on disk before it is read. The
 * caller keeps signals from cutting it short.
 */
export async function postPair(
  pool: Pool,
  lease: Lease,
  key: LabelKey,
  document: Document,
  posted: PostedPair,
): Promise<RefreshOutcome> {
  const record = credentialRecord(document, key.provider, key.label)
  const stored = storedLogin(document, key)
  if (record === null || stored === null) return { kind: "no_login" }
  const identity = describeIdentity(stored.identity)
  await beginInflight(pool.vault, lease, key, { ...posted, identity, at: now() })
  const news = await lastLook(pool, lease, key, document)
  if (news !== null) {
    if (news.kind === "captured" || !posted.mayBeSpent) await clearInflight(pool.vault, lease, key)
    return news
  }
  const outcome = await exchange(pool, lease, key, record, posted)
  if (outcome.kind === "refreshed") pool.ledger.saveProbe(key, { lastRefreshAt: now() })
  return outcome
}

/** A client may have begun, or ended, a refresh of its own while aim made ready for the POST. */
export async function lastLook(
  pool: Pool,
  lease: Lease,
  key: LabelKey,
  document: Document,
): Promise<RefreshOutcome | null> {
  const captured = await captureNewest(pool, lease, key)
  if (captured !== null) return { kind: "captured", store: captured.store }
  return againstPost(pool, document, key)
}

async function exchange(
  pool: Pool,
  lease: Lease,
  key: LabelKey,
  record: JsonObject,
  posted: PostedPair,
): Promise<RefreshOutcome> {
  const answer = await providerFor(pool, key.provider).postRefresh(record)
  if (answer.kind === "no_reply") {
    return {
      kind: "transient",
      detail: `no reply came (${answer.detail}); the next refresh looks whether the login was rotated`,
    }
  }
  if (answer.kind === "not_sent") {
    if (!posted.mayBeSpent) await clearInflight(pool.vault, lease, key)
    return { kind: "transient", detail: answer.detail }
  }
  const at = now()
  const kept = await keepReply(pool.vault, lease, key, answer.reply, at).then(
    () => true,
    () => false,
  )
  const settle = () => settleReply(pool, key, posted, answer.reply, at)
  const outcome = kept ? await settle() : await insist(settle)
  await endPost(pool, lease, key, posted, outcome, at)
  return outcome
}

/**
 * Ends a post whose reply is settled. False when the answer leaves open whether the pair is spent,
 * by this POST (a success that can't be read, or is another's) or by an earlier one: then its note stands again,
 * without a reply.
 */
export async function endPost(
  pool: Pool,
  lease: Lease,
  key: LabelKey,
  posted: PostedPair,
  outcome: RefreshOutcome,
  at: number,
): Promise<boolean> {
  const ended = posted.mayBeSpent ? decides(outcome) : !isSpentForNothing(outcome)
  if (ended) await clearInflight(pool.vault, lease, key)
  else await beginInflight(pool.vault, lease, key, { ...posted, identity: "as posted before", at })
  return ended
}

/** False for an answer that leaves open whether an earlier POST has spent the pair. */
function decides(outcome: RefreshOutcome): boolean {
  if (isSpentForNothing(outcome)) return false
  return !["transient", "rate_limited", "unauthorized", "protocol"].includes(outcome.kind)
}

/** The issuer has spent the pair, and what it gave for it can't be the label's next one. */
function isSpentForNothing(outcome: RefreshOutcome): boolean {
  return outcome.kind === "quarantined" && [UNREADABLE, WRONG_IDENTITY].includes(outcome.reason)
}
