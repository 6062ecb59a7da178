import type { Secret } from "../system/secret.ts"
import type { Identity, UserId } from "./identity.ts"
import { claimText, readClaims } from "./jwt.ts"

const AUTH_CLAIM = "https://api.openai.com/auth"
const PROFILE_CLAIM = "https://api.openai.com/profile"

/**
 * The identity inside a Codex login, read from its tokens (Codex CLI 0.169.0: the claims stand
 * under `https://api.openai.com/auth`). The id token is read first, the access token fills what
 * it lacks. `accountId` is what the login's own record says and rules over the claim, because
 * Codex sends that one on the wire.
 */
export function codexIdentity(login: {
  access: Secret | null
  idToken: Secret | null
  accountId: string | null
}): Identity {
  const sources = [readClaims(login.idToken), readClaims(login.access)]
  return {
    provider: "openai-codex",
    users: userIds(sources),
    workspace: blankToNull(login.accountId) ?? first(sources, accountIdOf),
    email: first(sources, emailOf),
  }
}

/** The workspace that a token itself names, or null: for the check after each refresh. */
export function codexAccountClaim(token: Secret | null | undefined): string | null {
  return accountIdOf(readClaims(token))
}

function userIds(sources: readonly unknown[]): UserId[] {
  const read: [string, (claims: unknown) => string | null][] = [
    ["chatgpt_user_id", (claims) => claimText(authOf(claims), "chatgpt_user_id")],
    ["user_id", (claims) => claimText(authOf(claims), "user_id")],
    ["sub", (claims) => claimText(claims, "sub")],
  ]
  return read.flatMap(([claim, of]) => {
    const id = first(sources, of)
    return id === null ? [] : [{ claim, id }]
  })
}

function accountIdOf(claims: unknown): string | null {
  return (
    claimText(authOf(claims), "chatgpt_account_id") ??
    claimText(claims, `${AUTH_CLAIM}.chatgpt_account_id`) ??
    claimText(claims, "chatgpt_account_id") ??
    claimText(claims, "account_id")
  )
}

function emailOf(claims: unknown): string | null {
  const profile = (claims as Record<string, unknown> | null)?.[PROFILE_CLAIM]
  return (claimText(claims, "email") ?? claimText(profile, "email"))?.toLowerCase() ?? null
}

function authOf(claims: unknown): unknown {
  return (claims as Record<string, unknown> | null)?.[AUTH_CLAIM]
}

function first<T>(sources: readonly unknown[], of: (claims: unknown) => T | null): T | null {
  for (const claims of sources) {
    const value = of(claims)
    if (value !== null) return value
  }
  return null
}

function blankToNull(text: string | null): string | null {
  return text === null || text.trim() === "" ? null : text.trim()
}
