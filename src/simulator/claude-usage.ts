import * as v from "valibot"
import { DAY, HOUR, isoTime, parseIso } from "../system/time.ts"

/** One window as the older keys of `GET /api/oauth/usage` speak of it: percent, ISO time. */
const ClaudeWindow = v.strictObject({
  utilization: v.nullable(v.number()),
  resets_at: v.nullable(v.string()),
})
export type ClaudeWindow = v.InferOutput<typeof ClaudeWindow>
const MaybeWindow = v.exactOptional(v.nullable(ClaudeWindow))

/** A weekly window that counts for one model alone; the real service has it only in `limits[]`. */
const ScopedWindow = v.strictObject({
  model: v.string(),
  percent: v.number(),
  resets_at: v.nullable(v.string()),
})
const LimitRow = v.looseObject({ kind: v.string() })

/** What may be changed while the simulator runs; an absent key stays, `null` takes a window away. */
export const ClaudeUsageChange = v.strictObject({
  five_hour: MaybeWindow,
  seven_day: MaybeWindow,
  seven_day_opus: MaybeWindow,
  seven_day_sonnet: MaybeWindow,
  scoped: v.exactOptional(v.array(ScopedWindow)),
  extra_usage: v.exactOptional(v.nullable(v.record(v.string(), v.unknown()))),
  /**
   * What `limits[]` says: `true` what the windows above say, `false` no such key, or rows that
   * stand there whatever the windows say.
   */
  limits: v.exactOptional(v.union([v.boolean(), v.array(LimitRow)])),
  /** Whether the older keys are there at all. */
  older_keys: v.exactOptional(v.boolean()),
  /** Percent of every window that one turn burns. */
  turn_cost_percent: v.exactOptional(v.number()),
})
export type ClaudeUsageChange = v.InferOutput<typeof ClaudeUsageChange>
export type ClaudeUsage = Required<ClaudeUsageChange>

/** The windows of a plan, with the length of each. */
const LENGTHS = {
  five_hour: 5 * HOUR,
  seven_day: 7 * DAY,
  seven_day_opus: 7 * DAY,
  seven_day_sonnet: 7 * DAY,
} as const
export type WindowName = keyof typeof LENGTHS
export const windowNames = Object.keys(LENGTHS) as WindowName[]

/** Fresh windows half through at `at` (epoch ms), on a plan without windows for single models. */
export function freshClaudeUsage(at: number): ClaudeUsage {
  const half = (name: WindowName): ClaudeWindow => {
    return { utilization: 0, resets_at: isoTime(at + LENGTHS[name] / 2) }
  }
  return {
    five_hour: half("five_hour"),
    seven_day: half("seven_day"),
    seven_day_opus: null,
    seven_day_sonnet: null,
    scoped: [],
    extra_usage: null,
    limits: true,
    older_keys: true,
    turn_cost_percent: 0,
  }
}

/** Empties the windows whose reset has passed and moves their reset on, as the provider does. */
export function rollClaudeWindows(usage: ClaudeUsage, at: number): void {
  for (const name of windowNames) {
    const reset = parseIso(usage[name]?.resets_at)
    if (reset === null || reset > at) continue
    usage[name] = { utilization: 0, resets_at: isoTime(nextReset(reset, LENGTHS[name], at)) }
  }
  usage.scoped = usage.scoped.map((window) => {
    const reset = parseIso(window.resets_at)
    if (reset === null || reset > at) return window
    return { ...window, percent: 0, resets_at: isoTime(nextReset(reset, LENGTHS.seven_day, at)) }
  })
}

/** Burns what one turn costs. */
export function chargeClaudeTurn(usage: ClaudeUsage): void {
  for (const name of windowNames) {
    const window = usage[name]
    if (window === null || window.utilization === null) continue
    const utilization = Math.min(100, window.utilization + usage.turn_cost_percent)
    usage[name] = { ...window, utilization }
  }
}

/** The spent window that stays shut longest, or null while the account may still serve. */
export function spentClaudeWindow(usage: ClaudeUsage): WindowName | null {
  const spent = (["five_hour", "seven_day"] as const).filter(
    (name) => (usage[name]?.utilization ?? 0) >= 100,
  )
  const reset = (name: WindowName) => parseIso(usage[name]?.resets_at) ?? 0
  return spent.sort((a, b) => reset(b) - reset(a))[0] ?? null
}

function nextReset(reset: number, length: number, at: number): number {
  return reset + (Math.floor((at - reset) / length) + 1) * length
}
