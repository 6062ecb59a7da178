import { sha256 } from "../system/hash.ts"
import { unseal } from "../system/secret.ts"
import { parseIso } from "../system/time.ts"
import { normalised, scopesOf, textIn } from "./claude/bundle.ts"
import { asObject } from "./document.ts"
import type { JsonObject } from "./login.ts"
import type { ProviderId } from "./provider-id.ts"

/**
 * The reference program's fingerprint of a credential record (tokens sealed or not): `sha256:` and
 * the hash of its compact JSON, its keys in the reference's order (aimgr 4404b27 §2.12). Null for a
 * record that lacks a token or an expiry: no promotion can compare such a one.
 */
export function credentialFingerprint(provider: ProviderId, record: unknown): string | null {
  return FINGERPRINT[provider](record)
}

const FINGERPRINT: Record<ProviderId, (record: unknown) => string | null> = {
  "openai-codex": codexFingerprint,
  anthropic: claudeFingerprint,
}

/**
 * SHA-256 over {access, refresh, expiresAt, accountId, idToken?}, trimmed, in this order, without a
 * blank idToken (anchors in reference/aimgr-state-status-login.md §1.3). Null when one of the first
 * four is missing.
 */
export function codexFingerprint(credential: unknown): string | null {
  const open = asObject(unseal(credential))
  const record = open === null ? null : pairIn(open)
  const accountId = open === null ? null : textIn(open, "accountId")
  if (open === null || record === null || accountId === null) return null
  return hashOf({ ...record, accountId, ...filled(open, ["idToken"]) })
}

/**
 * SHA-256 over {access, refresh, expiresAt, subscriptionType?, rateLimitTier?, scopes?,
 * emailAddress? (in small letters), organizationName?, organizationUuid?, nativeClaudeBundle?}. The
 * bundle's own order of keys counts, as in the reference.
 */
export function claudeFingerprint(credential: unknown): string | null {
  const open = asObject(unseal(credential))
  const record = open === null ? null : pairIn(open)
  if (open === null || record === null) return null
  const scopes = scopesOf(open)
  const email = textIn(open, "emailAddress")?.toLowerCase()
  return hashOf({
    ...record,
    ...filled(open, ["subscriptionType", "rateLimitTier"]),
    ...(scopes.length > 0 ? { scopes } : {}),
    ...(email === undefined ? {} : { emailAddress: email }),
    ...filled(open, ["organizationName", "organizationUuid"]),
    ...bundleIn(open),
  })
}

function bundleIn(open: JsonObject): JsonObject {
  const bundle = asObject(open.nativeClaudeBundle)
  if (bundle === null) return {}
  const [claudeAiOauth, oauthAccount] = [
    asObject(bundle.claudeAiOauth),
    asObject(bundle.oauthAccount),
  ]
  const whole = claudeAiOauth !== null && oauthAccount !== null
  return { nativeClaudeBundle: whole ? normalised({ claudeAiOauth, oauthAccount }) : bundle }
}

/** What every fingerprint begins with; null where it can't be had. */
function pairIn(open: JsonObject): JsonObject | null {
  const record = filled(open, ["access", "refresh", "expiresAt"])
  const whole = Object.keys(record).length === 3 && parseIso(record.expiresAt) !== null
  return whole ? record : null
}

function filled(open: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = textIn(open, key)
      return value === null ? [] : [[key, value]]
    }),
  )
}

function hashOf(record: JsonObject): string {
  return `sha256:${sha256(JSON.stringify(record))}`
}
