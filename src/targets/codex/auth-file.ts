import * as v from "valibot"
import { hasDuplicate, membersOf } from "../json/json-members.ts"
import { type Unreadable, unreadableFile } from "../login-file.ts"
import { isCodexIdToken } from "./id-token.ts"
import { parseLastRefresh } from "./last-refresh.ts"

/** Codex refuses half a surrogate pair in any text that it reads. */
const filled = v.pipe(
  v.string(),
  v.check((value) => value.isWellFormed()),
)
const text = v.nullish(filled)

/** The login kinds that Codex CLI 0.169.0 knows, as they are spelled in `auth_mode`. */
const AUTH_MODES = [
  "apikey",
  "chatgpt",
  "chatgptAuthTokens",
  "headers",
  "agentIdentity",
  "personalAccessToken",
  "bedrockApiKey",
  "bedrockAccessKeys",
] as const
export type AuthMode = (typeof AUTH_MODES)[number]

const Tokens = v.looseObject({
  id_token: v.pipe(v.string(), v.check(isCodexIdToken)),
  access_token: filled,
  refresh_token: filled,
  oauth_provenance: v.nullish(v.looseObject({ issuer: filled, client_id: filled })),
  login_owner_id: text,
  account_id: text,
})

const AgentIdentity = v.looseObject({
  agent_runtime_id: filled,
  agent_private_key: filled,
  account_id: filled,
  chatgpt_user_id: filled,
  plan_type: filled,
  chatgpt_account_is_fedramp: v.boolean(),
})

/**
 * What Codex CLI 0.169.0 takes from `auth.json`; where one of these does not fit, it refuses the
 * whole file (run against the binary; reference/codex-cli.md §1). Token texts are plain in here:
 * nothing of it leaves this folder but through `read.ts`, which seals them.
 */
const AuthFile = v.looseObject({
  auth_mode: v.nullish(v.picklist(AUTH_MODES)),
  OPENAI_API_KEY: text,
  tokens: v.nullish(Tokens),
  last_refresh: v.nullish(
    v.pipe(
      v.string(),
      v.check((time) => parseLastRefresh(time) !== null),
    ),
  ),
  agent_identity: v.nullish(v.union([filled, AgentIdentity])),
  personal_access_token: text,
  bedrock_api_key: v.nullish(v.looseObject({ api_key: filled, region: filled })),
  bedrock_access_keys: v.nullish(
    v.looseObject({ access_key_id: filled, secret_access_key: filled, session_token: text }),
  ),
})
export type AuthFile = v.InferOutput<typeof AuthFile>
export type AuthTokens = v.InferOutput<typeof Tokens>

const KNOWN_KEYS = Object.keys(AuthFile.entries)
const TOKEN_KEYS = Object.keys(Tokens.entries)

export type ParsedAuth = { kind: "auth"; auth: AuthFile } | Unreadable

/** The parsed file, or the problem that makes Codex (and so aim) refuse it. Quotes no text of it. */
export function parseAuthFile(json: string, file: string): ParsedAuth {
  let tree: unknown
  try {
    tree = JSON.parse(json)
  } catch {
    return unreadable(file, json.trim() === "" ? "is empty" : "is not valid JSON")
  }
  const found = membersOf(json)
  if (found === null) return unreadable(file, "is not a JSON object")
  if (hasDuplicate(found, KNOWN_KEYS)) return unreadable(file, "names a key twice")
  const tokens = found.members.find(({ key }) => key === "tokens")
  const inner = tokens === undefined ? null : membersOf(json, tokens.start)
  if (inner !== null && hasDuplicate(inner, TOKEN_KEYS))
    return unreadable(file, "names a key of `tokens` twice")
  const parsed = v.safeParse(AuthFile, tree)
  if (parsed.success) return { kind: "auth", auth: parsed.output }
  return unreadable(
    file,
    `holds a \`${placeOf(parsed.issues[0])}\` that Codex 0.169 does not accept`,
  )
}

/** The login kind that Codex resolves a file to: `auth_mode` rules, then what stands in it. */
export function loginKind(auth: AuthFile): AuthMode {
  if (auth.auth_mode != null) return auth.auth_mode
  if (auth.personal_access_token != null) return "personalAccessToken"
  if (auth.bedrock_api_key != null) return "bedrockApiKey"
  if (auth.bedrock_access_keys != null) return "bedrockAccessKeys"
  if (auth.OPENAI_API_KEY != null) return "apikey"
  if (auth.agent_identity != null && auth.tokens == null) return "agentIdentity"
  return "chatgpt"
}

/** What is said of an `auth.json` that can't be taken as one. */
export function unreadable(file: string, what: string): Unreadable {
  return unreadableFile(file, what, "codex_target_auth_unreadable")
}

/** The known keys on the way to the first fault; never anything that the file itself says. */
function placeOf(issue: v.BaseIssue<unknown>): string {
  const keys = (issue.path ?? []).map(({ key }) => String(key))
  const known = new Set([...KNOWN_KEYS, ...TOKEN_KEYS, "issuer", "client_id", "api_key", "region"])
  return keys.filter((key) => known.has(key)).join(".") || "value"
}
