import type { CodexCredential } from "../../domain/credential.ts"
import type { JsonObject } from "../../domain/login.ts"
import { fail } from "../../system/errors.ts"
import { LOG_IN_AGAIN } from "../chatgpt-login.ts"
import type { AuthFile, AuthTokens } from "./auth-file.ts"
import { isCodexIdToken } from "./id-token.ts"
import { extrasOf, openExtras } from "./token-extras.ts"

/**
 * The `tokens` object that a credential record puts into `auth.json`, in Codex's own key order
 * (0.169.0). What is inside `tokens` belongs to its login, so a file's object is replaced as a
 * whole; only where the file holds this very pair does it lend what the record lacks: a real id
 * token and keys that the record has never seen. Stops with `codex_id_token_missing` where
 * neither has an id token that Codex would accept.
 */
export function wantedTokens(credential: CodexCredential, current: AuthFile | null): JsonObject {
  const same = samePair(credential, current?.tokens) ? (current?.tokens ?? null) : null
  const extras = { ...(same === null ? {} : extrasOf(same)), ...openExtras(credential.tokensExtra) }
  return {
    id_token: wantedIdToken(credential, same),
    access_token: credential.access.reveal(),
    refresh_token: credential.refresh.reveal(),
    ...extras,
    account_id: credential.accountId,
  }
}

/** True when a file holds the record's access and refresh token. */
export function samePair(
  credential: CodexCredential,
  tokens: AuthTokens | null | undefined,
): boolean {
  return (
    tokens != null &&
    tokens.access_token === credential.access.reveal() &&
    tokens.refresh_token === credential.refresh.reveal()
  )
}

/** A real id token before the access token that the reference program puts in its place. */
function wantedIdToken(credential: CodexCredential, same: AuthTokens | null): string {
  const access = credential.access.reveal()
  const candidates = [credential.idToken?.reveal(), same?.id_token, access]
  const usable = candidates.filter((token) => token !== undefined && isCodexIdToken(token))
  return (
    usable.find((token) => token !== access) ??
    usable[0] ??
    fail(
      "codex_id_token_missing",
      "the stored login has no id token that Codex would read, and its access token is not a JWT",
      LOG_IN_AGAIN,
    )
  )
}
