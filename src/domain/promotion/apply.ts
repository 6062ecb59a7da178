import { Secret } from "../../system/secret.ts"
import { keepOutgoing } from "../adopt/keeping.ts"
import { markDirty } from "../credential-edits.ts"
import { asObject, credentialRecord, type Document } from "../document.ts"
import { putCredential } from "../document-edits.ts"
import type { Label } from "../label.ts"
import { compareLabels } from "../label-order.ts"
import type { JsonObject } from "../login.ts"
import { noteNative, noteVerified } from "../maintenance.ts"
import { FORMER_PAIRS_KEPT, pairHash } from "../pair.ts"
import type { ProviderId } from "../provider-id.ts"
import { type Checked, checkPromotion } from "./check.ts"
import type { Promotion } from "./promotion.ts"

/** The document after a promotion; `noop` where the authority holds all of it already. */
export type AppliedPromotion = { document: Document; status: "applied" | "noop" }

/**
 * Takes every label's promoted pair over, or stops and takes none. The pair that leaves is
 * remembered, and kept in quarantine where the new one need not have grown out of it. As in the
 * reference, a label that was out of service is back in it.
 */
export function applyPromotion(
  document: Document,
  provider: ProviderId,
  { labels }: Promotion,
  note: { id: string; at: number },
): AppliedPromotion {
  const ordered = Object.entries(labels).sort(([a], [b]) => compareLabels(a, b))
  let taken = document
  for (const [at, [label, entry]] of ordered.entries()) {
    // Against what the labels before it brought: two of them must not be one person's either.
    const checked = checkPromotion(taken, label, entry)
    if (!checked.same || isBlocked(taken, label))
      taken = takeOver(taken, provider, checked, { ...note, id: `${note.id}${at || ""}` })
  }
  return { document: taken, status: taken === document ? "noop" : "applied" }
}

function takeOver(
  document: Document,
  provider: ProviderId,
  { label, login, stored, same }: Checked,
  note: { id: string; at: number },
): Document {
  const noteMended = provider === "anthropic" ? noteNative : noteVerified
  if (same) return noteMended(document, label, note.at)
  const kept = keepOutgoing(document, label, login, note)
  const former = credentialRecord(kept, provider, label)
  const record = promotedRecord(former, login.fields, stored.formerPairs, pairHash(login.refresh))
  const put = putCredential(kept, provider, label, record)
  return noteMended(markDirty(put, provider, label, note.at), label, note.at)
}

/** What the reference's fingerprints are made of, and what belongs to one pair alone. */
const OF_THE_PAIR = new Set([
  ...["access", "refresh", "expiresAt", "accountId", "idToken", "lastRefresh", "verdict"],
  ...["subscriptionType", "rateLimitTier", "scopes", "emailAddress", "organizationName"],
  ...["organizationUuid", "nativeClaudeBundle", "formerPairs"],
])

/**
 * The record as it came, over what the former one had besides: its fingerprint is the consumer's,
 * so that the consumer's next promotion starts from what is stored here.
 */
function promotedRecord(
  former: JsonObject | null,
  incoming: JsonObject,
  remembered: readonly string[],
  hash: string,
): JsonObject {
  const others = Object.entries(former ?? {}).filter(([key]) => !OF_THE_PAIR.has(key))
  const formerPairs = formerPairsOf(former, remembered).filter((known) => known !== hash)
  return {
    ...Object.fromEntries(others),
    ...incoming,
    ...(formerPairs.length > 0 ? { formerPairs } : {}),
  }
}

/** What both sides remember, and the pair that leaves last of all. */
function formerPairsOf(former: JsonObject | null, remembered: readonly string[]): string[] {
  const mine = Array.isArray(former?.formerPairs) ? former.formerPairs : []
  const outgoing = former?.refresh instanceof Secret ? [pairHash(former.refresh)] : []
  const all = [...mine, ...remembered, ...outgoing].filter(isHash)
  return all.filter((hash, at) => all.lastIndexOf(hash) === at).slice(-FORMER_PAIRS_KEPT)
}

function isHash(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value)
}

function isBlocked(document: Document, label: Label): boolean {
  const account = asObject(document.accounts[label])
  return typeof asObject(account?.reauth)?.blockedReason === "string"
}
