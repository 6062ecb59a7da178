import { Secret, unseal } from "../../system/secret.ts"
import { portableCredential } from "../authority/portable.ts"
import type { Label } from "../label.ts"
import type { JsonObject } from "../login.ts"
import type { ProviderId } from "../provider-id.ts"

/** What the reference calls the two kinds of promotion (aimgr 4404b27 §6.9). */
export const PROMOTION_KIND: Record<ProviderId, string> = {
  "openai-codex": "aimgr.codexPromotion.v1",
  anthropic: "aimgr.claudePromotion.v1",
}

/** What a consumer asks its authority to take over: pairs that it obtained for imported labels. */
export type Promotion = {
  kind: string
  sentAt: string
  sourceAuthority: string
  labels: { readonly [label: Label]: PromotionEntry }
}

/** One label's pair, sealed, and what the consumer knows of the one that it grew out of. */
export type PromotionEntry = {
  provider: ProviderId
  /** Codex only. */
  accountId?: string
  credential: JsonObject
  base: PromotionBase
}

export type PromotionBase = {
  /** Null where the label was imported without a login. */
  credentialFingerprint: string | null
  /** Codex only. */
  accountId?: string
  /** Claude only: {accountUuid?, emailAddress?, organizationUuid?}. */
  identity?: JsonObject | null
}

/** What an authority answers to a promotion that it took, or had taken before (`noop`). */
export type Promoted = {
  status: "applied" | "noop"
  observedAt: string
  /** The authority's own name for its state. */
  target: string
  labels: Label[]
}

/** The entry of one label: what the promotion carries of its record, and what it grew out of. */
export function promotionEntry(
  provider: ProviderId,
  record: JsonObject,
  base: PromotionBase,
): PromotionEntry {
  // What the issuer said of the pair is for its holder alone: a dead one is not promoted.
  const { verdict: _verdict, ...credential } = portableCredential(provider, record)
  const { accountId } = record
  if (provider === "anthropic" || typeof accountId !== "string")
    return { provider, credential, base }
  return { provider, accountId, credential, base }
}

/** A promotion as it crosses: one line of JSON, tokens open. */
export function promotionText(promotion: Promotion): Secret {
  return new Secret(`${JSON.stringify(unseal(promotion))}\n`)
}
