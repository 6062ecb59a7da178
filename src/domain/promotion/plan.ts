import { fail } from "../../system/errors.ts"
import { isoTime } from "../../system/time.ts"
import { bundleOf, missingFrom, textIn } from "../claude/bundle.ts"
import { CLIENT_WORD } from "../client-word.ts"
import { credentialRecord, type Document, providerOf } from "../document.ts"
import {
  type BaseIdentity,
  baseOf,
  claudeIdentityFields,
  type ImportBase,
  isOther,
} from "../import/base.ts"
import { importBlock, importEntry } from "../import/block.ts"
import { isDirty } from "../import/status.ts"
import type { Label } from "../label.ts"
import type { JsonObject } from "../login.ts"
import type { ProviderId } from "../provider-id.ts"
import { standingVerdict } from "../readiness.ts"
import { shellWord } from "../shell-word.ts"
import { type StoredLogin, storedLogin } from "../stored-login.ts"
import { PROMOTION_KIND, type Promotion, type PromotionEntry, promotionEntry } from "./promotion.ts"

/** The promotion of these labels, and which of them have changed here since their import. */
export type PromotionPlan = { promotion: Promotion; dirtyLabels: Label[] }

/**
 * What is to be sent to the authority that these labels came from, by the reference's checks and in
 * its words (aimgr 4404b27 §6.9). A label that has not changed here may be sent as well. Stops with
 * the first label that can't be; `at` is epoch ms.
 */
export function planPromotion(
  document: Document,
  provider: ProviderId,
  labels: readonly Label[],
  at: number,
): PromotionPlan {
  const { source } = importBlock(document, provider)
  if (source === null) return noSource(provider)
  const entries = labels.map((label) => {
    const entry = promotable(document, provider, label, source, at)
    return [label, entry] as const
  })
  return {
    promotion: {
      kind: PROMOTION_KIND[provider],
      sentAt: isoTime(at),
      sourceAuthority: source,
      labels: Object.fromEntries(entries),
    },
    dirtyLabels: labels.filter((label) =>
      isDirty(document, provider, label, importEntry(document, provider, label) ?? {}),
    ),
  }
}

/** The reference's name for a provider's labels in its messages. */
const NAME: Record<ProviderId, string> = { "openai-codex": "Codex", anthropic: "Claude" }

function promotable(
  document: Document,
  provider: ProviderId,
  label: Label,
  source: string,
  at: number,
): PromotionEntry {
  const entry = importEntry(document, provider, label)
  const sync = `aim sync ${CLIENT_WORD[provider]} --from ${shellWord(source)}`
  if (entry === null)
    return fail(
      "label_not_imported",
      `Refusing to promote non-imported label=${label}. Pull it from the authority first.`,
      sync,
    )
  const account = Object.hasOwn(document.accounts, label) ? document.accounts[label] : undefined
  if (account === undefined || providerOf(account) !== provider)
    return fail(
      "wrong_provider",
      `Refusing to promote non-${NAME[provider]} label=${label}.`,
      "aim status",
    )
  const record = credentialRecord(document, provider, label)
  const stored = storedLogin(document, { provider, label })
  if (record === null || stored === null) return noLogin(provider, label)
  checkWhole(provider, label, record)
  checkLive(provider, label, stored, at)
  const base = baseOf(entry)
  checkAccount(provider, label, base, record)
  if (base.fingerprint === undefined)
    return fail(
      "missing_base",
      `Missing authority base fingerprint for imported label=${label}.`,
      sync,
    )
  return promotionEntry(provider, record, {
    credentialFingerprint: base.fingerprint,
    ...ownBase(provider, base, record),
  })
}

function ownBase(provider: ProviderId, base: ImportBase, record: JsonObject): object {
  if (provider === "anthropic") return { identity: base.identity }
  const accountId = base.accountId ?? textIn(record, "accountId")
  return accountId === null ? {} : { accountId }
}

/** The reference takes a Claude login with its whole bundle alone. */
function checkWhole(provider: ProviderId, label: Label, record: JsonObject): void {
  const missing = provider === "anthropic" ? missingFrom(bundleOf(record)) : []
  if (missing.length === 0) return
  fail(
    "missing_native_claude_bundle",
    `credentials.anthropic.${label}.nativeClaudeBundle is missing or incomplete: ${missing.join(", ")}`,
    `aim claude capture-native ${label}`,
  )
}

/** An expired or a dead login is of no use to the authority. */
function checkLive(provider: ProviderId, label: Label, stored: StoredLogin, at: number): void {
  const verdict = standingVerdict(stored)
  if (verdict === null && (stored.expiresAt === null || stored.expiresAt > at)) return
  const why = verdict === null ? "" : ` The issuer refused them for good (${verdict.reason}).`
  fail(
    "expired_credentials",
    `Refusing expired ${provider} credentials for label=${label}.${why}`,
    verdict === null ? `aim refresh ${label}` : `aim login ${label}`,
  )
}

function checkAccount(
  provider: ProviderId,
  label: Label,
  base: ImportBase,
  record: JsonObject,
): void {
  if (provider === "anthropic") {
    checkIdentity(label, base.identity, record)
    return
  }
  const accountId = textIn(record, "accountId")
  if (base.accountId === null || accountId === base.accountId) return
  fail(
    "account_mismatch",
    `Refusing to promote label=${label}: local accountId=${accountId} does not match imported authority accountId=${base.accountId}.`,
    `log in with the account of \`${label}\`: aim login ${label}`,
  )
}

function checkIdentity(label: Label, base: BaseIdentity | null, record: JsonObject): void {
  const now = claudeIdentityFields(record)
  if (now === null || !isOther(base, now)) return
  fail(
    "account_mismatch",
    `Refusing to promote label=${label}: local Claude identity does not match the imported authority identity.`,
    `log in with the account of \`${label}\`: aim claude capture-native ${label}`,
  )
}

function noLogin(provider: ProviderId, label: Label): never {
  return fail(
    "missing_credentials",
    `Missing ${provider} credentials for label=${label}.`,
    `aim login ${label}`,
  )
}

function noSource(provider: ProviderId): never {
  return fail(
    "no_authority_source",
    `No authority source is recorded for the local imported ${NAME[provider]} replica.`,
    `aim sync ${CLIENT_WORD[provider]} --from <authority>`,
  )
}
