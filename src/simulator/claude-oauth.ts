import { SECOND } from "../system/time.ts"
import type { ClaudeAccount } from "./claude-account.ts"
import type { ClaudeLogin } from "./claude-logins.ts"
import { type Fields, readFields } from "./fields.ts"
import { json, type Reply } from "./reply.ts"
import { claudeAccountNamed, type Exchange, type World } from "./world.ts"

type Answer = (fields: Fields, exchange: Exchange, world: World) => Reply

const grants: Readonly<Record<string, Answer>> = {
  refresh_token: refresh,
  authorization_code: redeem,
}

/** `POST /v1/oauth/token` (Claude Code 2.1.329: JSON in, JSON out). */
export function answerClaudeToken(exchange: Exchange, world: World): Reply {
  const fields = readFields(exchange)
  const answer = grants[fields.grant_type ?? ""]
  if (answer === undefined) return refuse(exchange, "unsupported_grant_type")
  if (fields.client_id === undefined) return refuse(exchange, "invalid_request")
  return answer(fields, exchange, world)
}

/** `POST /v1/oauth/token/revoke`: what `claude auth logout` posts; 200 whether known or not. */
export function answerClaudeRevoke(exchange: Exchange, world: World): Reply {
  const known = world.claude.logins.revoke(readFields(exchange).token ?? "")
  exchange.entry.outcome = known ? "revoked" : "unknown_token"
  return json(200, {})
}

/** What the token endpoint says of a login. */
export function claudeTokenBody(
  account: ClaudeAccount,
  login: ClaudeLogin,
  at: number,
): Record<string, unknown> {
  const secondsUntil = (time: number) => Math.round((time - at) / SECOND)
  return {
    token_type: "Bearer",
    access_token: login.accessToken,
    expires_in: secondsUntil(login.expiresAt),
    refresh_token: login.refreshToken,
    refresh_token_expires_in: secondsUntil(login.refreshTokenExpiresAt),
    scope: login.scopes.join(" "),
    organization: { uuid: account.organizationUuid, name: account.organizationName },
    account: { uuid: account.accountUuid, email_address: account.email },
  }
}

function refresh(fields: Fields, exchange: Exchange, world: World): Reply {
  const { refresh_token: token = "", scope } = fields
  const grant = world.claude.logins.grantOf(token)
  if (grant?.account.refusesWiderScope === true) {
    const wider = (scope ?? "").split(" ").some((one) => one !== "" && !grant.scopes.includes(one))
    if (wider) return refuse(exchange, "invalid_scope")
  }
  const result = world.claude.logins.refresh(token)
  if ("refused" in result) {
    const isTimeLimit = result.refused === "refresh_token_expired"
    const reply = refuse(
      exchange,
      "invalid_grant",
      isTimeLimit ? "Refresh token expired" : "Refresh token not found or invalid",
    )
    // The wire says one word for all of these; the judge of race tests needs to tell them apart.
    exchange.entry.outcome = result.refused
    return reply
  }
  exchange.entry.outcome = "refreshed"
  const account = claudeAccountNamed(world, result.account)
  return json(200, claudeTokenBody(account, result, world.clock()))
}

/** A code for a pair: a new login, beside those that the account has. */
function redeem(fields: Fields, exchange: Exchange, world: World): Reply {
  const { code = "", code_verifier: verifier = "", redirect_uri: redirect = "" } = fields
  const name = world.authorizations.redeem(code, verifier, redirect)
  if (name === null) return refuse(exchange, "invalid_grant")
  Object.assign(exchange.entry, { account: name, outcome: "logged_in" })
  const account = claudeAccountNamed(world, name)
  return json(200, claudeTokenBody(account, world.claude.logins.mint(account), world.clock()))
}

/** RFC 6749 §5.2. */
function refuse(exchange: Exchange, error: string, description = `simulated ${error}`): Reply {
  exchange.entry.outcome = error
  return json(400, { error, error_description: description })
}
