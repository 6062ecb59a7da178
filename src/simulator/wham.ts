import { SECOND } from "../system/time.ts"
import type { Account, UsageWindow } from "./account.ts"
import { authorize, isReply } from "./bearer.ts"
import { json, type Reply } from "./reply.ts"
import { rollWindows, spentWindow } from "./usage-window.ts"
import type { Exchange, World } from "./world.ts"

/** `GET wham/usage`, in the shape that Codex CLI 0.169.0 reads. */
export function answerUsage(exchange: Exchange, world: World): Reply {
  const account = authorize(exchange, world)
  if (isReply(account)) return account
  const at = world.clock()
  rollWindows(account, at)
  exchange.entry.outcome = "ok"
  const spent = spentWindow(account) !== null
  return json(200, {
    user_id: account.userId,
    account_id: account.accountId,
    email: account.email,
    plan_type: account.plan_type,
    rate_limit: rateLimit(account, spent, at),
    code_review_rate_limit: null,
    additional_rate_limits: account.additional_rate_limits,
    credits: account.credits,
    rate_limit_reached_type: spent ? { type: "rate_limit_reached" } : null,
    spend_control: null,
    promo: null,
  })
}

/**
 * `GET wham/accounts/check`: the smallest body that Codex 0.169.0 routes by, plus what a reader
 * of workspaces needs.
 */
export function answerAccountsCheck(exchange: Exchange, world: World): Reply {
  const account = authorize(exchange, world)
  if (isReply(account)) return account
  exchange.entry.outcome = "ok"
  return json(200, {
    accounts: [
      {
        id: account.accountId,
        plan_type: account.plan_type,
        workspace_backend_origin: "NO_CONSTRAINT",
        account_routing_override: "NO_CONSTRAINT",
      },
    ],
  })
}

/** `GET wham/rate-limit-reset-credits`: nobody has any here. */
export function answerResetCredits(exchange: Exchange, world: World): Reply {
  const account = authorize(exchange, world)
  if (isReply(account)) return account
  exchange.entry.outcome = "ok"
  return json(200, { available_count: 0, credits: [] })
}

function rateLimit(account: Account, spent: boolean, at: number) {
  const { primary, secondary } = account
  if (primary === null && secondary === null) return null
  return {
    allowed: !spent,
    limit_reached: spent,
    primary_window: primary && withResetAfter(primary, at),
    secondary_window: secondary && withResetAfter(secondary, at),
  }
}

function withResetAfter(window: UsageWindow, at: number) {
  const reset_after_seconds = Math.max(0, Math.ceil(window.reset_at - at / SECOND))
  return { ...window, reset_after_seconds }
}
