import * as v from "valibot"
import { lenient, Name } from "../lenient.ts"

/**
 * The body of `GET /api/oauth/usage` (Claude Code 2.1.329). Each part stands for itself: one that is
 * missing or broken is null and spoils no other. A null percent is no reading, never 0.
 */

const Percent = v.pipe(v.number(), v.minValue(0), v.maxValue(200))
const IsoTime = lenient(
  v.pipe(
    v.string(),
    v.maxLength(40),
    v.check((text) => Number.isFinite(Date.parse(text))),
  ),
)

/** An older key's window, such as `five_hour`. */
const Window = lenient(v.object({ utilization: Percent, resets_at: IsoTime }))
export type WireWindow = NonNullable<v.InferOutput<typeof Window>>

/** One entry of `limits[]`, where alone the weekly caps of single models stand. */
const Limit = lenient(
  v.object({
    kind: v.picklist(["session", "weekly_all", "weekly_scoped"]),
    percent: Percent,
    resets_at: IsoTime,
    scope: lenient(v.object({ model: lenient(v.object({ display_name: Name })) })),
  }),
)
export type WireLimit = NonNullable<v.InferOutput<typeof Limit>>

const Amount = lenient(v.pipe(v.number(), v.minValue(0), v.finite()))

const ExtraUsage = lenient(
  v.object({
    is_enabled: v.fallback(v.boolean(), false),
    /** Cents. */
    monthly_limit: Amount,
    used_credits: Amount,
    utilization: lenient(Percent),
    currency: Name,
    disabled_reason: Name,
  }),
)

const LONGEST_LIST = 50

export const UsageBody = v.object({
  five_hour: Window,
  seven_day: Window,
  seven_day_opus: Window,
  seven_day_sonnet: Window,
  limits: v.fallback(v.pipe(v.array(Limit), v.maxLength(LONGEST_LIST)), []),
  extra_usage: ExtraUsage,
})
