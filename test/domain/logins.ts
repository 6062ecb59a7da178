import { codexIdentity } from "../../src/domain/codex-identity.ts"
import { claimTime, readClaims } from "../../src/domain/jwt.ts"
import type { Login } from "../../src/domain/login.ts"
import { Secret } from "../../src/system/secret.ts"
import { isoTime } from "../../src/system/time.ts"

export const NOON = Date.UTC(2026, 10, 21, 12)

/** An unsigned token with these claims, as real ones look. */
export function jwt(claims: object): Secret {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url")
  return new Secret(`${part({ alg: "RS256" })}.${part(claims)}.c2ln`)
}

export type Who = { user?: string; account?: string; email?: string; sub?: string }

/** The claims of a Codex token of this person, issued at `at` (epoch ms) for `life` minutes. */
export function claims(who: Who, at: number, life = 60): object {
  return {
    sub: who.sub ?? `auth0|${who.user ?? "u1"}`,
    iat: at / 1000,
    exp: at / 1000 + life * 60,
    email: who.email ?? "boss@example.com",
    "https://api.openai.com/auth": {
      chatgpt_account_id: who.account ?? "acct-1",
      chatgpt_user_id: who.user ?? "u1",
    },
  }
}

/** A Codex login as a store would give it. */
export function login(refresh: string, at = NOON, who: Who = {}, extra: object = {}): Login {
  const access = jwt({ ...claims(who, at), use: "access", refresh: refresh.length })
  const idToken = jwt({ ...claims(who, at), use: "id" })
  const accountId = who.account ?? "acct-1"
  const expiresAt = claimTime(readClaims(access), "exp")
  const fields = {
    access,
    refresh: new Secret(refresh),
    expiresAt: isoTime(expiresAt ?? at),
    accountId,
    idToken,
    lastRefresh: isoTime(at),
    ...extra,
  }
  return {
    provider: "openai-codex",
    access,
    refresh: new Secret(refresh),
    expiresAt,
    identity: codexIdentity({ access, idToken, accountId }),
    fields,
  }
}
