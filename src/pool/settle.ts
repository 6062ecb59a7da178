import { mayBecome } from "../domain/adopt/expect.ts"
import { adoptPair, noteVerdict } from "../domain/credential-edits.ts"
import { credentialRecord, type Document } from "../domain/document.ts"
import type { JsonObject } from "../domain/login.ts"
import { pairHash } from "../domain/pair.ts"
import {
  type QuarantineNote,
  quarantinedAs,
  quarantineLogin,
  quarantineReply,
  replyQuarantinedAs,
} from "../domain/quarantine.ts"
import type { LabelKey } from "../ledger/ledger.ts"
import type { RawReply, RefreshVerdict } from "../providers/provider.ts"
import { randomHex } from "../system/random.ts"
import { Secret } from "../system/secret.ts"
import { commit } from "./commit.ts"
import { type Pool, providerFor } from "./pool.ts"
import type { RefreshOutcome } from "./refresh-outcome.ts"

/** Why a reply lies in quarantine that says success and can't be read. */
export const UNREADABLE = "reply_unreadable"

/** Why a reply lies there that brought another account's pair. */
export const WRONG_IDENTITY = "wrong_identity"

/** The pair that was posted, by hash; `mayBeSpent`: an earlier POST of it never got its reply. */
export type PostedPair = { pair: string; mayBeSpent: boolean }

/**
 * Brings a token endpoint's raw reply, which is on disk already, into the vault in one commit:
 * a new pair is stored, a permanent answer noted on the pair that it judged, and what fails a
 * check (another identity, the label gone, the stored pair no longer the one posted, a reply
 * that can't be read) is kept in quarantine. The caller holds the label's lease.
 */
export async function settleReply(
  pool: Pool,
  key: LabelKey,
  posted: PostedPair,
  reply: RawReply,
  at: number,
): Promise<RefreshOutcome> {
  const provider = providerFor(pool, key.provider)
  const id = randomHex(4)
  let outcome: RefreshOutcome = { kind: "transient", detail: "the reply was not settled" }
  await commit(pool, (document) => {
    const record = credentialRecord(document, key.provider, key.label)
    const verdict = provider.judgeRefresh(record ?? {}, reply, at)
    const note = (reason: string): QuarantineNote => ({ id, at, label: key.label, reason })
    const settledBefore = record === null ? null : knownPair(record, verdict)
    if (settledBefore !== null) {
      outcome = settledBefore
      return document
    }
    if (record === null || !holdsPair(record, posted.pair)) {
      const reason = record === null ? "label_gone" : "pair_replaced"
      outcome = { kind: "quarantined", reason, id }
      const kept = keepAside(document, key, verdict, reply, note(reason))
      if (kept === document) outcome = { kind: "superseded" }
      return kept
    }
    const settled = settleHeld(document, key, posted, verdict, reply, note, at)
    outcome = settled.outcome
    return settled.document
  })
  return outcome
}

type Settled = { document: Document; outcome: RefreshOutcome }

function settleHeld(
  document: Document,
  key: LabelKey,
  posted: PostedPair,
  verdict: RefreshVerdict,
  reply: RawReply,
  note: (reason: string) => QuarantineNote,
  at: number,
): Settled {
  switch (verdict.kind) {
    case "login": {
      if (!mayBecome(document, key.label, verdict.login.identity)) {
        const reason = WRONG_IDENTITY
        const kept = quarantineLogin(document, verdict.login, note(reason))
        // It may lie there already, under the id of an aim that was killed.
        const id = quarantinedAs(kept, verdict.login.refresh) ?? note(reason).id
        return { document: kept, outcome: { kind: "quarantined", reason, id } }
      }
      return {
        document: adoptPair(document, key.label, verdict.login, at),
        outcome: { kind: "refreshed" },
      }
    }
    case "dead": {
      const reason = posted.mayBeSpent ? "refresh_interrupted" : verdict.reason
      return {
        document: noteVerdict(document, key, posted.pair, reason, at),
        outcome: { kind: "dead", reason, known: false },
      }
    }
    case "protocol": {
      if (!isSuccess(reply)) return { document, outcome: verdict }
      const reason = UNREADABLE
      const kept = quarantineReply(document, key.provider, reply.body, note(reason))
      const id = replyQuarantinedAs(kept, reply.body) ?? note(reason).id
      return { document: kept, outcome: { kind: "quarantined", reason, id } }
    }
    default:
      return { document, outcome: verdict }
  }
}

/** Keeps what an orphaned reply brought; an error reply brought nothing. */
function keepAside(
  document: Document,
  key: LabelKey,
  verdict: RefreshVerdict,
  reply: RawReply,
  note: QuarantineNote,
): Document {
  if (verdict.kind === "login" && !verdict.login.refresh.blank) {
    return quarantineLogin(document, verdict.login, note)
  }
  return isSuccess(reply) ? quarantineReply(document, key.provider, reply.body, note) : document
}

/**
 * An aim that was killed after its commit left a reply whose pair the label holds, or has held,
 * already: that is no stranger to keep aside. Null for any other reply.
 */
function knownPair(record: JsonObject, verdict: RefreshVerdict): RefreshOutcome | null {
  if (verdict.kind !== "login" || verdict.login.refresh.blank) return null
  const { access, refresh } = verdict.login
  const stored = record.refresh instanceof Secret && record.refresh.equals(refresh)
  if (stored && record.access instanceof Secret && record.access.equals(access))
    return { kind: "refreshed" }
  const former = Array.isArray(record.formerPairs) ? record.formerPairs : []
  return !stored && former.includes(pairHash(refresh)) ? { kind: "superseded" } : null
}

function holdsPair(record: { readonly [key: string]: unknown }, pair: string): boolean {
  return record.refresh instanceof Secret && pairHash(record.refresh) === pair
}

function isSuccess(reply: RawReply): boolean {
  return reply.status >= 200 && reply.status < 300
}
