import { claudeError } from "./claude-bearer.ts"
import { rollClaudeWindows } from "./claude-usage.ts"
import { claudeUsageBody } from "./claude-usage-body.ts"
import { json, type Reply } from "./reply.ts"
import type { Exchange, World } from "./world.ts"

/** `GET /api/organizations` of claude.ai: those of the person whose session cookie came. */
export function answerOrganizations(exchange: Exchange, world: World): Reply {
  const accounts = accountsOf(exchange, world)
  if (accounts === null) return noSession(exchange)
  exchange.entry.outcome = "ok"
  return json(
    200,
    accounts.map(({ organizationUuid: uuid, organizationName: name }) => ({ uuid, name })),
  )
}

/** `GET /api/organizations/<uuid>/usage` of claude.ai. */
export function answerWebUsage(exchange: Exchange, world: World): Reply {
  const accounts = accountsOf(exchange, world)
  if (accounts === null) return noSession(exchange)
  const uuid = exchange.path.split("/")[3]
  const account = accounts.find(({ organizationUuid }) => organizationUuid === uuid)
  if (account === undefined) {
    exchange.entry.outcome = "not_found"
    return claudeError(404, "not_found_error", "simulated: no such organization of this session")
  }
  Object.assign(exchange.entry, { account: account.name, outcome: "ok" })
  rollClaudeWindows(account.usage, world.clock())
  return json(200, claudeUsageBody(account.usage))
}

function accountsOf({ headers }: Exchange, world: World) {
  const cookies = (headers.get("cookie") ?? "").split(/;\s*/)
  const key = cookies
    .find((cookie) => cookie.startsWith("sessionKey="))
    ?.slice("sessionKey=".length)
  return key === undefined ? null : (world.claude.sessions.get(key) ?? null)
}

function noSession(exchange: Exchange): Reply {
  exchange.entry.outcome = "unauthorized"
  return claudeError(403, "permission_error", "simulated: account_session_invalid")
}
