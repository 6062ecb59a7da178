import { randomHex } from "../system/random.ts"
import { answerAllow, answerAuthorize, answerDevicePoll, answerDeviceStart } from "./authorize.ts"
import { answerClaudeUsage, answerMcpServers, answerProfile, answerRoles } from "./claude-api.ts"
import { answerClaudeRevoke, answerClaudeToken } from "./claude-oauth.ts"
import { answerMessages } from "./claude-turn.ts"
import { answerOrganizations, answerWebUsage } from "./claude-web.ts"
import { answerTurn, refuseUpgrade } from "./codex-turn.ts"
import { answerRevoke, answerToken } from "./oauth.ts"
import { json, type Reply } from "./reply.ts"
import type { RequestKind } from "./request-log.ts"
import { answerAccountsCheck, answerResetCredits, answerUsage } from "./wham.ts"
import type { Exchange, World } from "./world.ts"

/** The paths a fault may name. */
export const paths = {
  token: "/oauth/token",
  revoke: "/oauth/revoke",
  usage: "/backend-api/wham/usage",
  accountsCheck: "/backend-api/wham/accounts/check",
  resetCredits: "/backend-api/wham/rate-limit-reset-credits",
  models: "/backend-api/codex/models",
  responses: "/backend-api/codex/responses",
  authorize: "/oauth/authorize",
  allow: "/oauth/allow",
  deviceStart: "/api/accounts/deviceauth/usercode",
  devicePoll: "/api/accounts/deviceauth/token",
  claudeToken: "/v1/oauth/token",
  claudeRevoke: "/v1/oauth/token/revoke",
  claudeUsage: "/api/oauth/usage",
  claudeProfile: "/api/oauth/profile",
  claudeRoles: "/api/oauth/claude_cli/roles",
  claudeMcpServers: "/v1/mcp_servers",
  claudeMessages: "/v1/messages",
  claudeOrganizations: "/api/organizations",
} as const

export type Route = { kind: RequestKind; answer: (exchange: Exchange, world: World) => Reply }

const routes: Readonly<Record<string, Route>> = {
  [`POST ${paths.token}`]: { kind: "token_other", answer: answerToken },
  [`POST ${paths.revoke}`]: { kind: "revoke", answer: answerRevoke },
  [`GET ${paths.authorize}`]: { kind: "authorize", answer: answerAuthorize },
  [`GET ${paths.allow}`]: { kind: "authorize", answer: answerAllow },
  [`POST ${paths.deviceStart}`]: { kind: "device", answer: answerDeviceStart },
  [`POST ${paths.devicePoll}`]: { kind: "device", answer: answerDevicePoll },
  [`GET ${paths.usage}`]: { kind: "usage", answer: answerUsage },
  [`GET ${paths.accountsCheck}`]: { kind: "accounts_check", answer: answerAccountsCheck },
  [`GET ${paths.resetCredits}`]: { kind: "reset_credits", answer: answerResetCredits },
  [`GET ${paths.models}`]: { kind: "models", answer: notFound },
  [`GET ${paths.responses}`]: { kind: "upgrade", answer: refuseUpgrade },
  [`POST ${paths.responses}`]: { kind: "turn", answer: answerTurn },
}

const claudeRoutes: Readonly<Record<string, Route>> = {
  [`POST ${paths.claudeToken}`]: { kind: "token_other", answer: answerClaudeToken },
  [`POST ${paths.claudeRevoke}`]: { kind: "revoke", answer: answerClaudeRevoke },
  [`GET ${paths.claudeUsage}`]: { kind: "usage", answer: answerClaudeUsage },
  [`GET ${paths.claudeProfile}`]: { kind: "profile", answer: answerProfile },
  [`GET ${paths.claudeRoles}`]: { kind: "profile", answer: answerRoles },
  [`GET ${paths.claudeMcpServers}`]: { kind: "mcp_servers", answer: answerMcpServers },
  [`POST ${paths.claudeMessages}`]: { kind: "turn", answer: answerMessages },
  [`GET ${paths.claudeOrganizations}`]: { kind: "organizations", answer: answerOrganizations },
}

const WEB_USAGE = new RegExp(`^GET ${paths.claudeOrganizations}/[^/]+/usage$`)

export function routeOf(method: string, path: string): Route {
  const line = `${method} ${path}`
  if (WEB_USAGE.test(line)) return { kind: "web_usage", answer: answerWebUsage }
  const claude = claudeRoutes[line]
  if (claude !== undefined) return { ...claude, answer: stamped(claude.answer) }
  return routes[line] ?? { kind: "other", answer: notFound }
}

/** Claude Code 2.1.329 takes a reply for Anthropic's own only with a request id in its head. */
function stamped(answer: Route["answer"]): Route["answer"] {
  return (exchange, world) => {
    const planned = answer(exchange, world)
    const headers = { "request-id": `req_${randomHex(12)}`, ...planned.headers }
    return { ...planned, headers }
  }
}

function notFound(exchange: Exchange): Reply {
  exchange.entry.outcome = "not_found"
  return json(404, { detail: "Not Found" })
}
