import * as v from "valibot"
import { Secret } from "../system/secret.ts"
import { parseIso } from "../system/time.ts"
import { codexIdentity } from "./codex-identity.ts"
import type { Identity } from "./identity.ts"
import { claimTime, readClaims } from "./jwt.ts"
import type { JsonObject } from "./login.ts"

const filled = v.pipe(
  v.string("must be a text"),
  v.check((text) => text.trim() !== "", "is blank"),
)
const secret = v.pipe(
  v.instance(Secret, "must be a token text"),
  v.check((token) => !token.blank, "is blank"),
)

/** What the issuer said for good about one pair; it counts only while that pair is stored. */
export const Verdict = v.looseObject({
  /** The issuer's word (`invalid_grant`, `refresh_token_reused` …) or `refresh_interrupted`. */
  reason: v.string(),
  at: v.string(),
  /** SHA-256 of the refresh token that was judged. */
  pair: v.string(),
})
export type Verdict = v.InferOutput<typeof Verdict>

/**
 * A Codex label's stored login. The first five keys are the reference program's; `formerPairs`
 * (SHA-256 of the refresh tokens it has held, newest last), `lastRefresh` (what stands in the
 * client's `last_refresh`), `tokensExtra` (everything else in the client's `tokens`, such as
 * `oauth_provenance`) and `verdict` are aim's, where the reference keeps unknown keys.
 */
export const CodexCredential = v.looseObject({
  access: secret,
  refresh: secret,
  expiresAt: v.pipe(
    v.string("must be a time text"),
    v.check((text) => parseIso(text) !== null, "is no time"),
  ),
  accountId: filled,
  idToken: v.optional(v.instance(Secret, "must be a token text")),
  formerPairs: v.optional(v.array(v.string())),
  lastRefresh: v.optional(v.string()),
  tokensExtra: v.optional(v.record(v.string(), v.unknown())),
  verdict: v.optional(Verdict),
})
export type CodexCredential = v.InferOutput<typeof CodexCredential>

/** Records are never mutated, so each is checked once however often a command looks at it. */
const checked = new WeakMap<object, CodexCredential | null>()

/** A usable Codex credential, or null: a record that some program left incomplete stays as it is. */
export function asCodexCredential(value: unknown): CodexCredential | null {
  if (typeof value !== "object" || value === null) return null
  const before = checked.get(value)
  if (before !== undefined) return before
  const parsed = v.safeParse(CodexCredential, value)
  const credential = parsed.success ? parsed.output : null
  checked.set(value, credential)
  return credential
}

/** When the access token ends, in epoch ms: its own `exp`, else what the record says. */
export function accessExpiry(credential: CodexCredential): number | null {
  return claimTime(readClaims(credential.access), "exp") ?? parseIso(credential.expiresAt)
}

const identities = new WeakMap<CodexCredential, Identity>()

/** The identity inside a stored Codex login; read once, as the login never changes. */
export function credentialIdentity(credential: CodexCredential): Identity {
  const identity = identities.get(credential) ?? recordIdentity(credential)
  identities.set(credential, identity)
  return identity
}

/** The identity inside a record as far as it goes, which some program may have left incomplete. */
export function recordIdentity(record: JsonObject): Identity {
  const { access, idToken, accountId } = record
  return codexIdentity({
    access: access instanceof Secret ? access : null,
    idToken: idToken instanceof Secret ? idToken : null,
    accountId: typeof accountId === "string" ? accountId : null,
  })
}
