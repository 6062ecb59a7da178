import { randomHex } from "../system/random.ts"
import { isoTime } from "../system/time.ts"
import type { Login } from "./logins.ts"
import { CODEX_CLIENT_ID } from "./tokens.ts"

export type AuthJson = {
  auth_mode: "chatgpt"
  OPENAI_API_KEY: string | null
  tokens: {
    id_token: string
    access_token: string
    refresh_token: string
    oauth_provenance: { issuer: string; client_id: string }
    login_owner_id: string
    account_id: string
  }
  last_refresh: string
}

/**
 * What `codex login` (0.169.0) writes into `auth.json`, in its key order. `issuer` is where that
 * Codex will refresh when no environment variable says otherwise; `lastRefresh` is epoch ms.
 */
export function authJson(
  login: Login,
  options: { issuer: string; lastRefresh: number; openaiApiKey?: string },
): AuthJson {
  return {
    auth_mode: "chatgpt",
    OPENAI_API_KEY: options.openaiApiKey ?? null,
    tokens: {
      id_token: login.idToken,
      access_token: login.accessToken,
      refresh_token: login.refreshToken,
      oauth_provenance: { issuer: options.issuer, client_id: CODEX_CLIENT_ID },
      login_owner_id: Buffer.from(randomHex(32), "hex").toString("base64url"),
      account_id: login.accountId,
    },
    last_refresh: isoTime(options.lastRefresh).replace("Z", "000000Z"),
  }
}
