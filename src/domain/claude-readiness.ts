import { Secret } from "../system/secret.ts"
import { parseIso } from "../system/time.ts"
import { asObject, credentialRecord, type Document } from "./document.ts"
import { contradiction, expectationOf } from "./expect.ts"
import type { Label } from "./label.ts"
import type { JsonObject } from "./login.ts"
import type { Readiness } from "./readiness.ts"

/**
 * The readiness of a Claude label by what is stored, in the reference's order and codes (aimgr
 * 4404b27 §3.5), but for one thing: an expired access token with a refresh token beside it is
 * `refresh_due`, since nobody has judged it. aim can't mend these labels yet: `mend` is null.
 */
export function claudeReadiness(document: Document, label: Label, now: number): Readiness {
  const account = asObject(document.accounts[label]) ?? {}
  const record = credentialRecord(document, "anthropic", label)
  const bundle = asObject(record?.nativeClaudeBundle)
  const isWhole = bundle !== null && isComplete(bundle)
  const expiry = parseIso(record?.expiresAt)
  const holdsPair = isFilled(record?.access) && isFilled(record?.refresh)
  const isFresh = holdsPair && expiry !== null && expiry > now

  const block = text(asObject(account.reauth)?.blockedReason)
  const moot = block !== null && isWhole && isFresh && /duplicate.*bundle/i.test(block)
  if (block !== null && !moot) return because("blocked", "blocked", block)
  const wrong = contradiction(expectationOf(account), whoIn(record, bundle))
  if (wrong !== null) return because("blocked", "conflict", wrong)
  if (!holdsPair) return because("reauth", "missing_credentials", "no usable login is stored")
  if (!isWhole)
    return because(
      "reauth",
      "missing_native_claude_bundle",
      "what Claude Code needs beside the tokens is not stored",
    )
  return isFresh
    ? because("ready", "native_claude", "login and refresh token are stored")
    : because("ready", "refresh_due", "the access token is due for a refresh")
}

/** The fields without which Claude Code would not take a login for its own. */
function isComplete(bundle: JsonObject): boolean {
  const { accessToken, refreshToken, expiresAt, scopes, subscriptionType, rateLimitTier } =
    asObject(bundle.claudeAiOauth) ?? {}
  const { emailAddress, organizationName, organizationUuid } = asObject(bundle.oauthAccount) ?? {}
  return (
    isFilled(accessToken) &&
    isFilled(refreshToken) &&
    typeof expiresAt === "number" &&
    Array.isArray(scopes) &&
    scopes.length > 0 &&
    [subscriptionType, rateLimitTier, emailAddress, organizationName, organizationUuid].every(
      (value) => text(value) !== null,
    )
  )
}

/** Whose login it says that it is; a Claude login's workspace is its organisation. */
function whoIn(record: JsonObject | null, bundle: JsonObject | null) {
  const account = asObject(bundle?.oauthAccount)
  return {
    email: text(account?.emailAddress) ?? text(record?.emailAddress),
    workspace: text(account?.organizationUuid) ?? text(record?.organizationUuid),
  }
}

function isFilled(token: unknown): boolean {
  return token instanceof Secret && !token.blank
}

function because(status: Readiness["status"], code: string, reason: string): Readiness {
  return { status, code, reason, mend: null }
}

function text(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null
}
