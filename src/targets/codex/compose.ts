import type { CodexCredential } from "../../domain/credential.ts"
import { claimTime, readClaims } from "../../domain/jwt.ts"
import { isoTime } from "../../system/time.ts"
import { setMember, withoutMember } from "../json/json-edit.ts"
import { membersOf } from "../json/json-members.ts"
import type { AuthFile } from "./auth-file.ts"
import { differences } from "./differences.ts"
import { lastRefreshText } from "./last-refresh.ts"
import { samePair, wantedTokens } from "./wanted-tokens.ts"

/** An `auth.json` as it stands: its text, and what it says. */
export type CurrentAuth = { text: string; auth: AuthFile }

/**
 * The `auth.json` of a home that has none: what Codex's own login writes (0.169.0), byte for byte.
 * @param now epoch ms, for a login that says nowhere when it was made
 */
export function newAuth(credential: CodexCredential, now: number): string {
  const file = {
    auth_mode: "chatgpt",
    OPENAI_API_KEY: null,
    tokens: wantedTokens(credential, null),
    last_refresh: wantedLastRefresh(credential, null, now),
  }
  return JSON.stringify(file, null, 2)
}

/**
 * The text of `auth.json` with the credential's login merged in, or null when the file holds
 * exactly that login. `auth_mode`, `tokens` and `last_refresh` are set (without the last Codex
 * 0.169.0 sends no Authorization header); `OPENAI_API_KEY` stays, and every other key, the order
 * and the layout too.
 */
export function mergedAuth(
  credential: CodexCredential,
  current: CurrentAuth,
  now: number,
): string | null {
  const { auth } = current
  if (differences(credential, auth).length === 0) return null
  let text = setMember(current.text, "auth_mode", "chatgpt", [])
  if (!hasMember(text, "OPENAI_API_KEY"))
    text = setMember(text, "OPENAI_API_KEY", null, ["auth_mode"])
  const tokens = wantedTokens(credential, auth)
  text = setMember(text, "tokens", tokens, ["auth_mode", "OPENAI_API_KEY"])
  return setMember(text, "last_refresh", wantedLastRefresh(credential, auth, now), ["tokens"])
}

/** The file's own where it holds this pair, else the record's, else when the token was issued. */
function wantedLastRefresh(
  credential: CodexCredential,
  current: AuthFile | null,
  now: number,
): string {
  const same = samePair(credential, current?.tokens)
  const issued = claimTime(readClaims(credential.access), "iat")
  return (
    (same ? lastRefreshText(current?.last_refresh) : null) ??
    lastRefreshText(credential.lastRefresh) ??
    isoTime(issued ?? now)
  )
}

function hasMember(text: string, key: string): boolean {
  return membersOf(text)?.members.some((member) => member.key === key) ?? false
}

/**
 * The text of `auth.json` without its login, or null when nothing else is in it. `auth_mode` goes
 * with the file alone: beside what stays, such as an API key, it keeps Codex from using that unasked.
 */
export function authWithoutLogin({ text, auth }: CurrentAuth): string | null {
  const { auth_mode: _mode, tokens: _tokens, last_refresh: _time, ...others } = auth
  if (Object.values(others).every((value) => value == null)) return null
  return withoutMember(withoutMember(text, "tokens"), "last_refresh")
}
