import * as v from "valibot"
import type { JsonObject } from "../../domain/login.ts"
import { classifyWindow, type Reading, type UsageWindow } from "../../domain/window.ts"
import { SECOND } from "../../system/time.ts"
import { plausibleReset } from "../plausible-reset.ts"
import { UsageBody, type WireLimit, type WireWindow } from "./usage-schema.ts"

/**
 * What a usage reply says at `at` (epoch ms), or null when it says nothing. Without any usable
 * window a reading still says something if the provider itself says that the limit is reached
 * (or work is not allowed), or that credits pay for the work (usage based plans have no windows).
 */
export function readingFrom(body: JsonObject, at: number): Reading | null {
  const parsed = v.safeParse(UsageBody, body)
  if (!parsed.success) return null
  const { plan_type, rate_limit, code_review_rate_limit, additional_rate_limits, credits } =
    parsed.output
  const scoped = additional_rate_limits.flatMap((extra) => {
    const scope = extra?.limit_name ?? extra?.metered_feature ?? null
    return scope === null ? [] : windowsOf(extra?.rate_limit ?? null, scope, at)
  })
  const reading: Reading = {
    observedAt: at,
    plan: plan_type,
    windows: [
      ...windowsOf(rate_limit, null, at),
      ...windowsOf(code_review_rate_limit, "code review", at),
      ...scoped,
    ],
    credits: credits && {
      hasCredits: credits.has_credits,
      unlimited: credits.unlimited,
      balance: credits.balance,
    },
    allowed: rate_limit?.allowed ?? null,
    limitReached: rate_limit?.limit_reached ?? null,
    source: "usage_endpoint",
  }
  return saysSomething(reading) ? reading : null
}

function saysSomething({ windows, allowed, limitReached, credits }: Reading): boolean {
  if (windows.length > 0) return true
  if (allowed === false || limitReached === true) return true
  return credits !== null && (credits.unlimited || credits.hasCredits)
}

function windowsOf(limit: WireLimit, scope: string | null, at: number): UsageWindow[] {
  return [limit?.primary_window, limit?.secondary_window].flatMap((window) =>
    window == null ? [] : windowFrom(window, scope, at),
  )
}

function windowFrom(window: WireWindow, scope: string | null, at: number): UsageWindow[] {
  const lengthMinutes = window.limit_window_seconds / 60
  const kind = classifyWindow(lengthMinutes, scope)
  if (kind === null) return []
  const usedPercent = Math.min(100, window.used_percent)
  const reset = window.reset_at === null ? null : window.reset_at * SECOND
  const resetAt = plausibleReset(reset, lengthMinutes, at)
  return [{ kind, usedPercent, resetAt, lengthMinutes, scope }]
}
