import type { ClaudeBundle } from "../../domain/claude/bundle.ts"
import { claudeIdentity, contradicts } from "../../domain/claude/identity.ts"
import { claudeLogin } from "../../domain/claude/login.ts"
import { asObject } from "../../domain/document.ts"
import type { JsonObject } from "../../domain/login.ts"
import type { Readback, Store } from "../../domain/store.ts"
import { Secret, seal } from "../../system/secret.ts"
import { unreadable } from "./client-files.ts"
import type { KeychainItem } from "./keychain.ts"
import { look, type Seen, stampOf } from "./look.ts"

/** What a login without a refresh token is: `claude setup-token` makes them. */
const LONG_LIVED = "a token without a refresh token, as `claude setup-token` makes it"

/**
 * What Claude Code has in a store. `blank` is a login that it emptied when the issuer refused it,
 * or a file that holds other services' logins only: one may be merged in.
 */
export async function readStore(store: Store, item: KeychainItem | null): Promise<Readback> {
  return readbackOf(await look(store, item), store)
}

/** What a Claude home holds, as {@link readStore} says it, of a store that was looked at already. */
export function readbackOf(seen: Seen, store: Store): Readback {
  const { credentials, state } = seen
  if (credentials.kind === "unreadable") return credentials
  if (state.kind === "unreadable") return state
  if (credentials.kind === "absent") return { kind: "absent" }
  const stamp = stampOf(seen) ?? ""
  const { oauth } = credentials
  if (oauth === null) return { kind: "blank", stamp, gone: true }
  if (isHusk(oauth)) return { kind: "blank", stamp }
  if (isBlank(oauth.refreshToken)) return { kind: "unmanaged", what: LONG_LIVED, stamp }
  try {
    const account = state.kind === "text" ? state.account : null
    return { kind: "login", stamp, ...loginIn(oauth, account ?? {}) }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return unreadable(store.file, "holds values that no login has")
  }
}

/** Where tokens and `oauthAccount` are two accounts', the login is the tokens' alone. */
function loginIn(oauth: JsonObject, account: JsonObject) {
  const found: ClaudeBundle = {
    claudeAiOauth: asObject(seal(oauth)) ?? {},
    oauthAccount: asObject(seal(account)) ?? {},
  }
  const ofTokens = { ...found, oauthAccount: {} }
  if (!contradicts(found)) return { login: claudeLogin(found) }
  const byAccount = claudeIdentity({ ...found, claudeAiOauth: {} })
  return {
    login: claudeLogin(ofTokens),
    contradiction: { byTokens: claudeIdentity(ofTokens), byAccount },
  }
}

/** What Claude Code leaves of a login that the issuer refused: empty tokens, 1970. */
function isHusk({ accessToken, refreshToken }: JsonObject): boolean {
  return isBlank(accessToken) && isBlank(refreshToken)
}

function isBlank(token: unknown): boolean {
  return asSecret(token).blank
}

/** A token as it stands in a file, sealed. */
export function asSecret(token: unknown): Secret {
  if (token instanceof Secret) return token
  return new Secret(typeof token === "string" ? token : "")
}
