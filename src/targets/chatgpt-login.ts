import {
  accessExpiry,
  asCodexCredential,
  type CodexCredential,
  credentialIdentity,
} from "../domain/credential.ts"
import type { JsonObject, Login } from "../domain/login.ts"
import type { TargetId } from "../domain/store.ts"
import { fail } from "../system/errors.ts"

/** The way out for a label whose stored login can't be written into a home. */
export const LOG_IN_AGAIN =
  "log in to the account again in an empty Codex home, then: aim codex capture <label> --source-home <that home>"

/** The credential inside a record that operations hand in; stops where it can't be one. */
export function credentialOf(record: JsonObject, target: TargetId): CodexCredential {
  return (
    asCodexCredential(record) ??
    fail(
      `${target}_target_credentials_missing`,
      "the label has no complete Codex login stored",
      LOG_IN_AGAIN,
    )
  )
}

/** The login that a record would put into a home, or null when the record is incomplete. */
export function loginOf(record: JsonObject): Login | null {
  const credential = asCodexCredential(record)
  if (credential === null) return null
  const { access, refresh, expiresAt, accountId, idToken, lastRefresh, tokensExtra } = credential
  return {
    provider: "openai-codex",
    access,
    refresh,
    expiresAt: accessExpiry(credential),
    identity: credentialIdentity(credential),
    fields: {
      access,
      refresh,
      expiresAt,
      accountId,
      ...(idToken === undefined ? {} : { idToken }),
      ...(lastRefresh === undefined ? {} : { lastRefresh }),
      ...(tokensExtra === undefined ? {} : { tokensExtra }),
    },
  }
}
