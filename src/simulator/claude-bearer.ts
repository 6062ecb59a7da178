import { bearerOf } from "./bearer.ts"
import type { ClaudeAccount } from "./claude-account.ts"
import { json, type Reply } from "./reply.ts"
import type { Exchange, World } from "./world.ts"

/** The account that may ask, or the refusal: 401 for the token, 403 for a scope it lacks. */
export function authorizeClaude(
  { entry, headers }: Exchange,
  world: World,
  scope: string,
): ClaudeAccount | Reply {
  const { owner, refused } = world.claude.logins.bearer(bearerOf(headers))
  if (refused !== null || owner === null) {
    entry.outcome = "unauthorized"
    return claudeError(401, "authentication_error", WHY[refused ?? "unknown"])
  }
  if (owner.scopes.includes(scope)) return owner.account
  entry.outcome = "scope_missing"
  return claudeError(
    403,
    "permission_error",
    `OAuth token does not meet scope requirement ${scope}`,
  )
}

const WHY = {
  missing: "simulated: x-api-key header is required",
  unknown: "Invalid bearer token",
  token_expired:
    "OAuth token has expired. Please obtain a new token or refresh your existing token.",
  token_revoked: "OAuth token has been revoked. Please obtain a new token.",
}

/** The shape of every error of the Anthropic API. */
export function claudeError(
  status: number,
  type: string,
  message: string,
  headers: Record<string, string> = {},
): Reply {
  return json(status, { type: "error", error: { type, message } }, headers)
}

export function isReply(value: object): value is Reply {
  return "status" in value
}
