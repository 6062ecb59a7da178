import * as v from "valibot"
import { Flag, lenient, Name } from "../lenient.ts"

/**
 * The body of `GET wham/usage` (Codex CLI 0.169.0, backend-client). Each part stands for itself:
 * one that is missing or broken is null and spoils no other.
 */

/** A little over 100 is a limit overrun, which the service reports; far over it is no percent. */
const MOST_PERCENT = 200
const LONGEST_SECONDS = 366 * 86_400
const LONGEST_LIST = 50

/** Numbers are numbers: `null`, `"7"`, NaN and Infinity are no percent, and never 0. */
const Window = lenient(
  v.object({
    used_percent: v.pipe(v.number(), v.minValue(0), v.maxValue(MOST_PERCENT)),
    limit_window_seconds: v.pipe(v.number(), v.minValue(60), v.maxValue(LONGEST_SECONDS)),
    /** Epoch seconds. */
    reset_at: lenient(v.pipe(v.number(), v.finite())),
  }),
)
export type WireWindow = NonNullable<v.InferOutput<typeof Window>>

const Limit = lenient(
  v.object({
    allowed: Flag,
    limit_reached: Flag,
    primary_window: Window,
    secondary_window: Window,
  }),
)
export type WireLimit = v.InferOutput<typeof Limit>

const Credits = lenient(
  v.object({
    has_credits: v.fallback(v.boolean(), false),
    unlimited: v.fallback(v.boolean(), false),
    balance: lenient(
      v.pipe(
        v.union([v.string(), v.pipe(v.number(), v.finite())]),
        v.transform(String),
        v.regex(/^[-+]?[\d.,]{1,20}$/),
      ),
    ),
  }),
)

const Additional = lenient(v.object({ limit_name: Name, metered_feature: Name, rate_limit: Limit }))

export const UsageBody = v.object({
  plan_type: Name,
  rate_limit: Limit,
  code_review_rate_limit: Limit,
  additional_rate_limits: v.fallback(v.pipe(v.array(Additional), v.maxLength(LONGEST_LIST)), []),
  credits: Credits,
})
