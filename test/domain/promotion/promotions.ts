import { newAccount } from "../../../src/domain/adopt/new-account.ts"
import { adoptPair } from "../../../src/domain/credential-edits.ts"
import { credentialRecord, type Document, EMPTY_DOCUMENT } from "../../../src/domain/document.ts"
import { putAccount } from "../../../src/domain/document-edits.ts"
import { credentialFingerprint } from "../../../src/domain/fingerprint.ts"
import type { JsonObject } from "../../../src/domain/login.ts"
import {
  PROMOTION_KIND,
  type Promotion,
  promotionEntry,
} from "../../../src/domain/promotion/promotion.ts"
import type { ProviderId } from "../../../src/domain/provider-id.ts"
import { seal } from "../../../src/system/secret.ts"
import { claudeRecord } from "../../support/reference-cases.ts"
import { login, NOON, type Who } from "../logins.ts"

/** An authority that has Codex logins of these people as labels. */
export function authorityOf(people: Record<string, Who & { refresh?: string }>): Document {
  return Object.entries(people).reduce((document, [label, { refresh, ...who }]) => {
    const based = putAccount(document, label, newAccount("openai-codex"))
    return adoptPair(based, label, login(refresh ?? `${label}-1`, NOON, who), NOON)
  }, EMPTY_DOCUMENT)
}

/** A Claude login as a sealed record. */
export const claude = (name: string, person?: string, more?: JsonObject) =>
  seal(claudeRecord(name, person, more)) as JsonObject

/** An authority that has these Claude records. */
export function claudeAuthority(records: Record<string, JsonObject>): Document {
  const accounts = Object.keys(records).map((label) => [label, newAccount("anthropic")])
  return {
    ...EMPTY_DOCUMENT,
    accounts: Object.fromEntries(accounts),
    credentials: { anthropic: records },
  }
}

/** A promotion of these records by a consumer that imported what the authority has now. */
export function promoting(
  authority: Document,
  provider: ProviderId,
  records: Record<string, JsonObject>,
): Promotion {
  const labels = Object.entries(records).map(([label, record]) => {
    const base = credentialFingerprint(provider, credentialRecord(authority, provider, label))
    return [label, promotionEntry(provider, record, { credentialFingerprint: base })] as const
  })
  return {
    kind: PROMOTION_KIND[provider],
    sentAt: "",
    sourceAuthority: "",
    labels: Object.fromEntries(labels),
  }
}
