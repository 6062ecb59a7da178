import type { CodexCredential } from "../../domain/credential.ts"
import { sameJson } from "../json/same-json.ts"
import { type AuthFile, loginKind } from "./auth-file.ts"
import { wantedTokens } from "./wanted-tokens.ts"

/**
 * The names of what a file lacks to be the credential's login, as Codex 0.169.0 would use it;
 * none when there is nothing to write. Names only: the values are tokens.
 */
export function differences(credential: CodexCredential, auth: AuthFile): string[] {
  const tokens: Readonly<Record<string, unknown>> = auth.tokens ?? {}
  const wanted = wantedTokens(credential, auth)
  const names = [...new Set([...Object.keys(tokens), ...Object.keys(wanted)])]
  return [
    ...(loginKind(auth) === "chatgpt" ? [] : ["auth_mode"]),
    ...names.filter((name) => !sameJson(tokens[name], wanted[name])).map((name) => named(name)),
    ...(auth.last_refresh == null ? ["last_refresh"] : []),
  ]
}

const SAYABLE = new Set([
  "id_token",
  "access_token",
  "refresh_token",
  "account_id",
  "oauth_provenance",
  "login_owner_id",
])

/** A key that only the foreign file knows is not repeated. */
function named(name: string): string {
  return SAYABLE.has(name) ? `tokens.${name}` : "tokens"
}
