import { bundleOf, textIn } from "../claude/bundle.ts"
import { asObject } from "../document.ts"
import { credentialFingerprint } from "../fingerprint.ts"
import type { JsonObject } from "../login.ts"
import type { ProviderId } from "../provider-id.ts"

/** Whose login a Claude label was, as the reference keeps it with an import. */
export type BaseIdentity = {
  accountUuid?: string
  emailAddress?: string
  organizationUuid?: string
}

/**
 * The state of the authority's login at the last import or promotion. A fingerprint of null says
 * that it had none, and stays so; `undefined`, that some other program has not noted it.
 */
export type ImportBase = {
  fingerprint: string | null | undefined
  /** Codex only. */
  accountId: string | null
  /** Claude only. */
  identity: BaseIdentity | null
}

/** The base that is kept of an imported label. */
export function baseOf(entry: JsonObject): ImportBase {
  const identity = asObject(entry.baseIdentity)
  const known = entry.baseCredentialFingerprint
  return {
    fingerprint: known === null ? null : (textIn(entry, "baseCredentialFingerprint") ?? undefined),
    accountId: textIn(entry, "baseAccountId"),
    identity: identity === null ? null : identityFields(identity),
  }
}

/** The reference's keys for the base that an authority's record is; null for none there. */
export function baseFields(provider: ProviderId, record: JsonObject | null): JsonObject {
  const baseCredentialFingerprint = record === null ? null : credentialFingerprint(provider, record)
  if (provider === "openai-codex") {
    const baseAccountId = record === null ? null : textIn(record, "accountId")
    return { ...(baseAccountId === null ? {} : { baseAccountId }), baseCredentialFingerprint }
  }
  const baseIdentity = record === null ? null : claudeIdentityFields(record)
  return { baseCredentialFingerprint, ...(baseIdentity === null ? {} : { baseIdentity }) }
}

/** True where a record is no longer what the base says; what is not known differs from nothing. */
export function differsFromBase(
  provider: ProviderId,
  base: ImportBase,
  record: JsonObject | null,
): boolean {
  const now = record === null ? null : credentialFingerprint(provider, record)
  if (base.fingerprint === null ? now !== null : differ(base.fingerprint, now)) return true
  if (record === null) return false
  return provider === "openai-codex"
    ? differ(base.accountId, textIn(record, "accountId"))
    : isOther(base.identity, identityFields(bundleOf(record)?.oauthAccount ?? record))
}

/** As the reference knows an identity: by the account's id, or by e-mail and organisation. */
export function claudeIdentityFields(record: JsonObject): BaseIdentity | null {
  const fields = identityFields({ ...record, ...bundleOf(record)?.oauthAccount })
  const { accountUuid, emailAddress, organizationUuid } = fields
  const known = accountUuid !== undefined || (emailAddress && organizationUuid)
  return known ? fields : null
}

/** Account against account where both are known, else e-mail and organisation. */
export function isOther(base: BaseIdentity | null, now: BaseIdentity): boolean {
  if (base === null) return false
  if (base.accountUuid && now.accountUuid) return base.accountUuid !== now.accountUuid
  return (
    differ(base.emailAddress?.toLowerCase(), now.emailAddress?.toLowerCase()) ||
    differ(base.organizationUuid, now.organizationUuid)
  )
}

function identityFields(from: JsonObject): BaseIdentity {
  const fields: BaseIdentity = {}
  for (const key of ["accountUuid", "emailAddress", "organizationUuid"] as const) {
    const value = textIn(from, key)
    if (value !== null) fields[key] = value
  }
  return fields
}

/** Two facts that are both known and not the same. */
function differ(a: string | null | undefined, b: string | null | undefined): boolean {
  return a != null && b != null && a !== b
}
