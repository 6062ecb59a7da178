import { codexIdentity } from "../../domain/codex-identity.ts"
import { claimTime, readClaims } from "../../domain/jwt.ts"
import type { JsonObject, Login } from "../../domain/login.ts"
import type { Readback, Store } from "../../domain/store.ts"
import type { FileText } from "../../system/read-file.ts"
import { Secret } from "../../system/secret.ts"
import { DAY, isoTime } from "../../system/time.ts"
import { readLoginFile } from "../login-file.ts"
import {
  type AuthFile,
  type AuthMode,
  type AuthTokens,
  loginKind,
  type ParsedAuth,
  parseAuthFile,
  unreadable,
} from "./auth-file.ts"
import { lastRefreshText, parseLastRefresh } from "./last-refresh.ts"
import { extrasOf, sealExtras } from "./token-extras.ts"

/** Codex refreshes an opaque access token when `last_refresh` is older than this (0.169.0). */
const OPAQUE_TOKEN_LIFE = 8 * DAY

/** The kinds of login that aim leaves alone, for people. */
const UNMANAGED: Readonly<Record<Exclude<AuthMode, "chatgpt">, string>> = {
  apikey: "an API key",
  chatgptAuthTokens: "ChatGPT tokens that another program keeps fresh",
  headers: "a login by request headers",
  agentIdentity: "an agent identity",
  personalAccessToken: "a personal access token",
  bedrockApiKey: "an Amazon Bedrock API key",
  bedrockAccessKeys: "Amazon Bedrock access keys",
}

/** The text of `auth.json`; null where none can be read. */
export async function heldText(store: Store): Promise<string | null> {
  const found = await readLoginFile(store)
  return found.kind === "text" ? found.text : null
}

/**
 * What a Codex home holds, by the acceptance rules of Codex CLI 0.169.0. `blank` is also a
 * ChatGPT file without any tokens (`{}`): no login is in it, and one may be merged in.
 */
export async function readStore(store: Store): Promise<Readback> {
  return readbackOf(await readLoginFile(store), store.file)
}

/** What a Codex home holds, as {@link readStore} says it, of a file that was read already. */
export function readbackOf(found: FileText, file: string): Readback {
  const parsed = parsedOf(found, file)
  return parsed === null ? { kind: "absent" } : readbackFrom(parsed, found, file)
}

/** A file as Codex takes it, or why it does not; null for none. */
export function parsedOf(found: FileText, file: string): ParsedAuth | null {
  if (found.kind === "absent") return null
  if (found.kind === "unreadable") return unreadable(file, `can't be read (${found.why})`)
  return parseAuthFile(found.text, file)
}

/** What a Codex home holds, as {@link readStore} says it, of a file that was parsed already. */
export function readbackFrom(parsed: ParsedAuth, found: FileText, file: string): Readback {
  if (parsed.kind === "unreadable") return parsed
  const { auth } = parsed
  const stamp = found.kind === "text" ? found.stamp : ""
  const kind = loginKind(auth)
  if (kind !== "chatgpt") return { kind: "unmanaged", what: UNMANAGED[kind], stamp }
  if (auth.tokens == null) return { kind: "blank", stamp, gone: true }
  if (new Secret(auth.tokens.refresh_token).blank) return { kind: "blank", stamp }
  try {
    return { kind: "login", login: loginIn(auth.tokens, auth), stamp }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return unreadable(file, "is nested too deeply")
  }
}

/** The login inside a file, its tokens sealed. */
function loginIn(tokens: AuthTokens, auth: AuthFile): Login {
  const access = new Secret(tokens.access_token)
  const refresh = new Secret(tokens.refresh_token)
  const idToken = new Secret(tokens.id_token)
  const identity = codexIdentity({ access, idToken, accountId: tokens.account_id ?? null })
  const expiresAt = accessEnd(access, auth.last_refresh)
  return {
    provider: "openai-codex",
    access,
    refresh,
    expiresAt,
    identity,
    fields: {
      access,
      refresh,
      expiresAt: isoTime(expiresAt ?? 0),
      ...(identity.workspace === null ? {} : { accountId: identity.workspace }),
      idToken,
      ...lastRefreshField(auth),
      tokensExtra: sealExtras(extrasOf(tokens)),
    },
  }
}

/**
 * When an access token ends: its `exp`, else `last_refresh` plus the eight days after which
 * Codex itself refreshes an opaque one. Where neither is known the record's `expiresAt`, which
 * must be a time, is 1970: the login is then due, and a refresh brings the truth.
 */
function accessEnd(access: Secret, lastRefresh: unknown): number | null {
  const exp = claimTime(readClaims(access), "exp")
  if (exp !== null) return exp
  const refreshed = parseLastRefresh(lastRefresh)
  return refreshed === null ? null : refreshed + OPAQUE_TOKEN_LIFE
}

function lastRefreshField(auth: AuthFile): JsonObject {
  const lastRefresh = lastRefreshText(auth.last_refresh)
  return lastRefresh === null ? {} : { lastRefresh }
}
