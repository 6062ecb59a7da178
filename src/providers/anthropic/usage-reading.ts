import * as v from "valibot"
import {
  classifyWindow,
  type ExtraUsage,
  FIVE_HOURS_MINUTES,
  type Reading,
  type UsageWindow,
  WEEK_MINUTES,
} from "../../domain/window.ts"
import { plausibleReset } from "../plausible-reset.ts"
import { UsageBody, type WireLimit } from "./usage-schema.ts"

type Body = v.InferOutput<typeof UsageBody>

/** The older keys with the length of their windows and the model that they count for. */
const OLDER = [
  ["five_hour", FIVE_HOURS_MINUTES, null],
  ["seven_day", WEEK_MINUTES, null],
  ["seven_day_opus", WEEK_MINUTES, "Opus"],
  ["seven_day_sonnet", WEEK_MINUTES, "Sonnet"],
] as const

/**
 * What a usage reply says at `at` (epoch ms), or null when it holds no usable window. `limits[]`
 * comes first; a window that it lacks is read from the older keys. `plan` is the login's rate-limit
 * tier, which the reply does not carry.
 */
export function readingFrom(
  body: Record<string, unknown>,
  at: number,
  plan: string | null,
): Reading | null {
  const parsed = v.safeParse(UsageBody, body)
  if (!parsed.success) return null
  const windows = windowsOf(parsed.output, at)
  if (windows.length === 0) return null
  return {
    observedAt: at,
    plan,
    windows,
    credits: null,
    extraUsage: extraUsage(parsed.output),
    allowed: null,
    limitReached: null,
    source: "usage_endpoint",
  }
}

function windowsOf(body: Body, at: number): UsageWindow[] {
  const listed = body.limits.flatMap((limit) => (limit === null ? [] : fromLimit(limit, at)))
  const older = OLDER.flatMap(([key, length, scope]) => {
    const window = body[key]
    return window === null
      ? []
      : [windowOf(window.utilization, window.resets_at, length, scope, at)]
  })
  return [...listed, ...older.filter(({ kind }) => !listed.some((each) => each.kind === kind))]
}

function fromLimit({ kind, percent, resets_at, scope }: WireLimit, at: number): UsageWindow[] {
  if (kind === "session") return [windowOf(percent, resets_at, FIVE_HOURS_MINUTES, null, at)]
  if (kind === "weekly_all") return [windowOf(percent, resets_at, WEEK_MINUTES, null, at)]
  const model = scope?.model?.display_name ?? null
  return model === null ? [] : [windowOf(percent, resets_at, WEEK_MINUTES, model, at)]
}

function windowOf(
  percent: number,
  resetsAt: string | null,
  lengthMinutes: number,
  scope: string | null,
  at: number,
): UsageWindow {
  const reset = resetsAt === null ? null : Date.parse(resetsAt)
  return {
    kind: classifyWindow(lengthMinutes, scope) ?? "weekly",
    usedPercent: Math.min(100, percent),
    resetAt: plausibleReset(reset, lengthMinutes, at),
    lengthMinutes,
    scope,
  }
}

function extraUsage({ extra_usage }: Body): ExtraUsage | null {
  return (
    extra_usage && {
      enabled: extra_usage.is_enabled,
      usedPercent: extra_usage.utilization,
      monthlyLimitCents: extra_usage.monthly_limit,
      usedCents: extra_usage.used_credits,
      currency: extra_usage.currency,
      disabledReason: extra_usage.disabled_reason,
    }
  )
}
