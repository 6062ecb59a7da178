import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { JsonObject } from "../../../src/domain/login.ts"
import type { Store } from "../../../src/domain/store.ts"
import type { Homes } from "../../../src/system/homes.ts"
import { Secret } from "../../../src/system/secret.ts"
import { tempFolder as newFolder } from "../../support/temp-folder.ts"

/** A synthetic JWT; `mark` stands in its signature so that a leak can be found. */
export function jwt(claims: unknown, mark = "sig"): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url")
  return `${part({ alg: "none" })}.${part(claims)}.CANARY-${mark}`
}

export function claims(account: string, more: Record<string, unknown> = {}): unknown {
  const auth = { chatgpt_account_id: account, chatgpt_user_id: `user-${account}` }
  return { "https://api.openai.com/auth": auth, ...more }
}

export const EXP = 1_900_000_000
export const IAT = 1_799_000_000

/** The texts of a login's tokens, as they stand in a file. */
export function tokensOf(account: string, generation = 1): Record<string, unknown> {
  return {
    id_token: jwt(claims(account, { email: `${account}@example.com` }), `id-${generation}`),
    access_token: jwt(claims(account, { exp: EXP, iat: IAT + generation }), `at-${generation}`),
    refresh_token: `CANARY-rt-${account}-${generation}`,
    oauth_provenance: { issuer: "https://auth.openai.com", client_id: "app_test" },
    login_owner_id: `CANARY-owner-${account}`,
    account_id: account,
  }
}

/** An `auth.json` tree in Codex's own key order. */
export function authOf(account: string, generation = 1): Record<string, unknown> {
  return {
    auth_mode: "chatgpt",
    OPENAI_API_KEY: null,
    tokens: tokensOf(account, generation),
    last_refresh: "2026-11-01T08:00:00.123456789Z",
  }
}

/** The vault's record of the same login. */
export function recordOf(account: string, generation = 1): JsonObject {
  const tokens = tokensOf(account, generation)
  return {
    access: new Secret(String(tokens.access_token)),
    refresh: new Secret(String(tokens.refresh_token)),
    idToken: new Secret(String(tokens.id_token)),
    expiresAt: new Date(EXP * 1000).toISOString(),
    accountId: account,
    lastRefresh: "2026-11-02T09:00:00Z",
    tokensExtra: {
      oauth_provenance: tokens.oauth_provenance,
      login_owner_id: tokens.login_owner_id,
    },
  }
}

export const tempFolder = () => newFolder("codex")

export function homesAt(userHome: string, env: Homes["env"] = {}): Homes {
  const stateFile = join(userHome, ".aimgr", "secrets.json")
  return { userHome, sandboxed: false, stateFile, env, cwd: userHome }
}

export function storeIn(home: string): Store {
  return {
    target: "codex",
    home,
    realHome: home,
    file: join(home, "auth.json"),
    appState: null,
    primary: true,
  }
}

/** A Codex home with this `auth.json` (text, or a tree that is printed as Codex does). */
export function homeWith(auth: unknown, config?: string): Store {
  const home = join(tempFolder(), ".codex")
  mkdirSync(home, { mode: 0o700 })
  const store = storeIn(home)
  if (auth !== undefined) {
    const text = typeof auth === "string" ? auth : JSON.stringify(auth, null, 2)
    writeFileSync(store.file, text, { mode: 0o600 })
  }
  if (config !== undefined) writeFileSync(join(home, "config.toml"), config)
  return store
}
