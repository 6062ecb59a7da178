import type { JsonObject, Login } from "../domain/login.ts"
import { isObject, parseObject } from "./json-object.ts"
import type { RawReply, RefreshVerdict } from "./provider.ts"
import { retryAfterMs } from "./retry-after.ts"

/** The issuer's permanent answers about a refresh token; nothing else makes a login dead. */
const DEAD = new Set([
  "invalid_grant",
  "refresh_token_expired",
  "refresh_token_invalidated",
  "refresh_token_reused",
])
/** A verdict comes with one of these; the same word with a 500 is a fault of the service. */
const VERDICT_STATUS = new Set([400, 401, 403])

/** Other codes that may be named in a detail; any other text could be anything. */
const KNOWN = new Set([
  ...["access_denied", "invalid_client", "invalid_request", "invalid_scope", "server_error"],
  ...["temporarily_unavailable", "unauthorized_client", "unsupported_grant_type"],
])

/** Reads the login in the body of a success that came at `at`, or says what is wrong with it. */
export type LoginFrom = (record: JsonObject, body: JsonObject, at: number) => Login | string

/**
 * Reads a token endpoint's reply by the rules that both issuers follow. A login is what the issuer
 * gave, not what it should have given: whether it is the same account is for the caller to compare.
 */
export function judgeTokenReply(
  loginFrom: LoginFrom,
  record: JsonObject,
  reply: RawReply,
  at: number,
): RefreshVerdict {
  const { status } = reply
  const body = parseObject(reply.body.reveal())
  if (status >= 200 && status < 300) {
    if (body === null) return { kind: "protocol", detail: "the reply is no JSON object" }
    const login = loginFrom(record, body, at)
    return typeof login === "string"
      ? { kind: "protocol", detail: login }
      : { kind: "login", login }
  }
  const code = errorCode(body)
  if (code !== null && DEAD.has(code) && VERDICT_STATUS.has(status))
    return { kind: "dead", reason: code }
  if (status === 429)
    return { kind: "rate_limited", retryAfterMs: retryAfterMs(reply.retryAfter, at) }
  const detail = code !== null && KNOWN.has(code) ? `http_${status} ${code}` : `http_${status}`
  if (status === 401 || status === 403) return { kind: "unauthorized", detail }
  if (status === 408 || status >= 500) return { kind: "transient", detail }
  return { kind: "protocol", detail }
}

/** `error.code`, `error` or `code`, wherever an issuer puts it. */
function errorCode(body: JsonObject | null): string | null {
  const { error, code } = body ?? {}
  const found = isObject(error) ? error.code : (error ?? code)
  return typeof found === "string" ? found.trim().toLowerCase() : null
}
