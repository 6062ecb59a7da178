import { HOUR, isoTime, SECOND } from "../system/time.ts"
import { type ClaudeAccount, subscriptionOf } from "./claude-account.ts"
import { authorizeClaude, claudeError, isReply } from "./claude-bearer.ts"
import { rollClaudeWindows } from "./claude-usage.ts"
import { claudeUsageBody } from "./claude-usage-body.ts"
import { json, type Reply } from "./reply.ts"
import type { Exchange, World } from "./world.ts"

/** `GET /api/oauth/usage`: needs `user:profile`, and counts its readings. */
export function answerClaudeUsage(exchange: Exchange, world: World): Reply {
  const account = authorizeClaude(exchange, world, "user:profile")
  if (isReply(account)) return account
  const at = world.clock()
  account.usageReads = account.usageReads.filter((read) => read > at - HOUR)
  if (account.usageReads.length >= account.usageReadsAnHour) {
    exchange.entry.outcome = "rate_limited"
    const until = (account.usageReads[0] ?? at) + HOUR
    const seconds = String(Math.max(1, Math.ceil((until - at) / SECOND)))
    const message = "Rate limited. Please try again later."
    return claudeError(429, "rate_limit_error", message, { "retry-after": seconds })
  }
  account.usageReads.push(at)
  exchange.entry.outcome = "ok"
  rollClaudeWindows(account.usage, at)
  return json(200, claudeUsageBody(account.usage))
}

/** `GET /api/oauth/profile`: the owner of the tokens, whatever a client believes. */
export function answerProfile(exchange: Exchange, world: World): Reply {
  const account = authorizeClaude(exchange, world, "user:profile")
  if (isReply(account)) return account
  exchange.entry.outcome = "ok"
  return json(200, profileOf(account))
}

/** `GET /api/oauth/claude_cli/roles`. */
export function answerRoles(exchange: Exchange, world: World): Reply {
  const account = authorizeClaude(exchange, world, "user:profile")
  if (isReply(account)) return account
  exchange.entry.outcome = "ok"
  return json(200, {
    organization_role: "admin",
    workspace_role: null,
    organization_name: account.organizationName,
  })
}

/** `GET /v1/mcp_servers`: nobody has any here. */
export function answerMcpServers(exchange: Exchange, world: World): Reply {
  const account = authorizeClaude(exchange, world, "user:inference")
  if (isReply(account)) return account
  exchange.entry.outcome = "ok"
  return json(200, { data: [], has_more: false, next_page: null })
}

function profileOf(account: ClaudeAccount) {
  const subscription = subscriptionOf(account)
  const since = isoTime(Date.UTC(2026, 0, 1))
  return {
    account: {
      uuid: account.accountUuid,
      full_name: `Simulated ${account.name}`,
      display_name: account.name,
      email: account.email,
      has_claude_max: subscription === "max",
      has_claude_pro: subscription === "pro",
      created_at: since,
    },
    organization: {
      uuid: account.organizationUuid,
      name: account.organizationName,
      organization_type: account.organizationType,
      billing_type: "stripe_subscription",
      rate_limit_tier: account.rateLimitTier,
      seat_tier: null,
      has_extra_usage_enabled: account.usage.extra_usage !== null,
      subscription_status: "active",
      subscription_created_at: since,
      cc_onboarding_flags: {},
    },
    application: {
      uuid: "9d1c250a-e61b-44d9-88ed-5944d1962f5e",
      name: "Claude Code",
      slug: "claude-code",
    },
  }
}
