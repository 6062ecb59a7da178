import { Secret } from "../../system/secret.ts"
import { bundleOf, missingFrom } from "../claude/bundle.ts"
import { contradicts } from "../claude/identity.ts"
import { codexAccountClaim } from "../codex-identity.ts"
import type { JsonObject, Login } from "../login.ts"
import type { ProviderId } from "../provider-id.ts"
import { loginInRecord, type StoredLogin } from "../stored-login.ts"

/** A login that came as a credential record, and the pairs that it has taken the place of. */
export type RecordLogin = { login: Login; stored: StoredLogin }

/**
 * The login in a record that another machine sent, or what is wrong with it, as the end of a
 * sentence. A Codex one must be of the workspace that it names; a Claude one must have its whole
 * bundle, of the very same tokens, and one person in it.
 */
export function loginOfRecord(provider: ProviderId, record: JsonObject): RecordLogin | string {
  const stored = loginInRecord(provider, record)
  if (stored === null) return "a token, the account or the expiry is missing or no text"
  const wrong = WRONG[provider](record, stored)
  if (wrong !== null) return wrong
  const { formerPairs: _former, verdict: _verdict, ...fields } = record
  const { access, refresh, expiresAt, identity } = stored
  return { login: { provider, access, refresh, expiresAt, identity, fields }, stored }
}

const WRONG: Record<ProviderId, (record: JsonObject, stored: StoredLogin) => string | null> = {
  "openai-codex": (_record, { access, accountId }) => {
    const claim = codexAccountClaim(access)
    return claim === null || claim === accountId?.trim()
      ? null
      : `its access token is of accountId=${claim}, not ${accountId}`
  },
  anthropic: (record, { access, refresh }) => {
    const bundle = bundleOf(record)
    const missing = missingFrom(bundle)
    if (bundle === null || missing.length > 0)
      return `nativeClaudeBundle is missing or incomplete (${missing.join(", ")})`
    const { accessToken, refreshToken } = bundle.claudeAiOauth
    if (!access.equals(asSecret(accessToken)) || !refresh.equals(asSecret(refreshToken)))
      return "nativeClaudeBundle holds other tokens than the record"
    return contradicts(bundle) ? "nativeClaudeBundle names two accounts" : null
  },
}

function asSecret(value: unknown): Secret | null {
  return value instanceof Secret ? value : null
}
