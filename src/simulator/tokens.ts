import { randomHex } from "../system/random.ts"
import type { Account } from "./account.ts"

/** Stands in every token of the simulator, so that one grep finds a leak anywhere. */
export const CANARY = "AIMCANARY"

/** The public OAuth client id of Codex CLI 0.169.0. */
export const CODEX_CLIENT_ID = "app_EMoamEEZ73f0CkXaXp7hrann"

export type TokenTimes = { issuedAt: number; expiresAt: number; issuer: string }

/** An access token in the shape of the real one: JWT claims, times in whole seconds. */
export function mintAccessToken(account: Account, times: TokenTimes): string {
  return jwt({
    ...claims(account, times),
    aud: ["https://api.openai.com/v1"],
    client_id: CODEX_CLIENT_ID,
    scp: ["openid", "profile", "email", "offline_access"],
    "https://api.openai.com/profile": { email: account.email, email_verified: true },
  })
}

/** An id token: the same person, another audience, never equal to the access token. */
export function mintIdToken(account: Account, times: TokenTimes): string {
  return jwt({ ...claims(account, times), aud: [CODEX_CLIENT_ID], email_verified: true })
}

/** An opaque refresh token that names its account, for whoever reads a failed test. */
export function mintRefreshToken(account: Account): string {
  return `rt_${CANARY}_${account.name}_${randomHex(24)}`
}

function claims(account: Account, { issuedAt, expiresAt, issuer }: TokenTimes) {
  return {
    iss: issuer,
    sub: `auth0|${account.userId}`,
    iat: issuedAt,
    exp: expiresAt,
    jti: randomHex(16),
    email: account.email,
    "https://api.openai.com/auth": {
      chatgpt_account_id: account.accountId,
      chatgpt_user_id: account.userId,
      user_id: account.userId,
      chatgpt_plan_type: account.plan_type,
    },
  }
}

/** Nothing checks the signature (Codex 0.169.0 does not either), so it carries the canary. */
function jwt(payload: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url")
  return `${part({ alg: "RS256", typ: "JWT", kid: "simulated" })}.${part(payload)}.${CANARY}${randomHex(20)}`
}
