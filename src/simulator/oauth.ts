import { sha256 } from "../system/hash.ts"
import { SECOND } from "../system/time.ts"
import { type Fields, readFields } from "./fields.ts"
import type { Login } from "./logins.ts"
import { json, type Reply } from "./reply.ts"
import type { RequestKind } from "./request-log.ts"
import type { RefreshRefusal } from "./token-families.ts"
import { accountNamed, type Exchange, type World } from "./world.ts"

type Grant = {
  kind: RequestKind
  answer: (fields: Fields, exchange: Exchange, world: World) => Reply
}

/** Another way to get tokens is one row more. */
const grants: Readonly<Record<string, Grant>> = {
  refresh_token: { kind: "token_refresh", answer: refresh },
  authorization_code: { kind: "token_code", answer: redeem },
}

/** Notes in the log what a body at a token or revoke endpoint is about. */
export function noteTokenRequest(exchange: Exchange, world: World): void {
  const fields = readFields(exchange)
  const { entry } = exchange
  if (entry.kind !== "revoke") entry.kind = grants[fields.grant_type ?? ""]?.kind ?? "token_other"
  const token = fields.refresh_token ?? fields.token
  if (token === undefined) return
  entry.refreshTokenHash = sha256(token)
  entry.refreshReason = fields.refresh_reason ?? null
  const owner = world.logins.ownerOf(token) ?? world.claude.logins.grantOf(token)?.account
  entry.account = owner?.name ?? null
}

/** `POST /oauth/token`, JSON (Codex's refresh) or form (its code exchange). */
export function answerToken(exchange: Exchange, world: World): Reply {
  const fields = readFields(exchange)
  const grant = grants[fields.grant_type ?? ""]
  if (grant === undefined) return refuse(exchange, 400, "unsupported_grant_type")
  if (fields.client_id === undefined) return refuse(exchange, 400, "invalid_request")
  return grant.answer(fields, exchange, world)
}

/** `POST /oauth/revoke`: 200 whether the token was known or not (RFC 7009). */
export function answerRevoke(exchange: Exchange, world: World): Reply {
  const known = world.logins.revoke(readFields(exchange).token ?? "")
  exchange.entry.outcome = known ? "revoked" : "unknown_token"
  return json(200, {})
}

/** What `/oauth/token` says of a login. */
export function tokenBody(login: Login, at: number): Record<string, unknown> {
  return {
    id_token: login.idToken,
    access_token: login.accessToken,
    refresh_token: login.refreshToken,
    token_type: "Bearer",
    expires_in: Math.round((login.expiresAt - at) / SECOND),
    scope: "openid profile email offline_access",
  }
}

function refresh(fields: Fields, exchange: Exchange, world: World): Reply {
  const result = world.logins.refresh(fields.refresh_token ?? "")
  if ("refused" in result) {
    return result.refused === "invalid_grant"
      ? refuse(exchange, 400, "invalid_grant")
      : refuseForGood(exchange, result.refused)
  }
  exchange.entry.outcome = "refreshed"
  return json(200, tokenBody(result, world.clock()))
}

/** A code for a pair: a new login, beside those that the account has (RFC 6749 §4.1.3). */
function redeem(fields: Fields, exchange: Exchange, world: World): Reply {
  const { code = "", code_verifier: verifier = "", redirect_uri: redirect = "" } = fields
  const account = world.authorizations.redeem(code, verifier, redirect)
  if (account === null) return refuse(exchange, 400, "invalid_grant")
  Object.assign(exchange.entry, { account, outcome: "logged_in" })
  return json(200, tokenBody(world.logins.mint(accountNamed(world, account)), world.clock()))
}

/** RFC 6749 §5.2. */
function refuse(exchange: Exchange, status: number, error: string): Reply {
  exchange.entry.outcome = error
  return json(status, { error, error_description: `simulated ${error}` })
}

/** The shape in which OpenAI judges a refresh token: `error.code` (codex-rs, login/src/auth). */
function refuseForGood(exchange: Exchange, code: RefreshRefusal): Reply {
  exchange.entry.outcome = code
  const message = `simulated: the refresh token is no good (${code})`
  return json(401, { error: { message, type: "invalid_request_error", param: null, code } })
}
