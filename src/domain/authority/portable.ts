import { bundleOf, normalised, scopesOf } from "../claude/bundle.ts"
import { asObject, credentialRecord, type Document, isEnabled, labelsOf } from "../document.ts"
import { asLabel, type Label } from "../label.ts"
import type { JsonObject } from "../login.ts"
import type { ProviderId } from "../provider-id.ts"

/** One provider's portable records by label: all that a machine gives away of its pool. */
export type Offer = {
  accounts: { readonly [label: Label]: JsonObject }
  /** Sealed; a label may have none. */
  credentials: { readonly [label: Label]: JsonObject }
}

/** The reference's five keys, and the four in which aim keeps what belongs to the login. */
const CODEX_KEYS = [
  ...["access", "refresh", "expiresAt", "accountId", "idToken"],
  ...["formerPairs", "lastRefresh", "tokensExtra", "verdict"],
] as const

/**
 * What a document offers to another machine of one provider. What belongs to this machine alone
 * (browser, attempts to log in, targets, quarantine, the other provider) stays, and so does a key
 * that is no label.
 */
export function offerOf(document: Document, provider: ProviderId): Offer {
  const labels = labelsOf(document, provider).filter((label) => asLabel(label) === label)
  const credentials = labels.flatMap((label) => {
    const record = credentialRecord(document, provider, label)
    return record === null ? [] : [[label, portableCredential(provider, record)] as const]
  })
  return {
    accounts: Object.fromEntries(
      labels.map((label) => [label, portableAccount(provider, document.accounts[label] ?? {})]),
    ),
    credentials: Object.fromEntries(credentials),
  }
}

/** What travels of an account record (aimgr 4404b27 §6.5): whose login it must have, and the pool. */
export function portableAccount(provider: ProviderId, account: JsonObject): JsonObject {
  const pool = asObject(account.pool)
  return {
    provider,
    expect: asObject(account.expect) ?? {},
    pool: { ...pool, enabled: isEnabled(account) },
  }
}

/**
 * What travels of a credential record, sealed. Of a Codex one only known keys do; a Claude one
 * travels whole, its bundle, scopes and e-mail as the reference writes them (aimgr 4404b27 §6.6).
 */
export function portableCredential(provider: ProviderId, record: JsonObject): JsonObject {
  return provider === "openai-codex" ? portableCodex(record) : portableClaude(record)
}

function portableCodex(record: JsonObject): JsonObject {
  const known = CODEX_KEYS.filter((key) => Object.hasOwn(record, key))
  return Object.fromEntries(known.map((key) => [key, record[key]]))
}

function portableClaude(record: JsonObject): JsonObject {
  const bundle = bundleOf(record)
  const { scopes, emailAddress } = record
  return {
    ...record,
    ...(bundle === null ? {} : { nativeClaudeBundle: normalised(bundle) }),
    ...(Array.isArray(scopes) ? { scopes: scopesOf(record) } : {}),
    ...(typeof emailAddress === "string" && emailAddress.trim() !== ""
      ? { emailAddress: emailAddress.trim().toLowerCase() }
      : {}),
  }
}
