import * as v from "valibot"
import { sha256 } from "../system/hash.ts"
import { SECOND } from "../system/time.ts"
import { uuidFrom } from "./uuid.ts"

/** One rate-limit window as `GET wham/usage` speaks of it: percent, seconds, epoch seconds. */
export const UsageWindow = v.strictObject({
  used_percent: v.number(),
  limit_window_seconds: v.number(),
  reset_at: v.number(),
})
export type UsageWindow = v.InferOutput<typeof UsageWindow>

const WindowChange = v.nullable(
  v.strictObject({
    used_percent: v.exactOptional(v.number()),
    limit_window_seconds: v.exactOptional(v.number()),
    reset_at: v.exactOptional(v.number()),
  }),
)
const AdditionalLimit = v.looseObject({ limit_name: v.string(), metered_feature: v.string() })
const Credits = v.nullable(v.looseObject({ has_credits: v.boolean(), unlimited: v.boolean() }))

/** What may be changed while the simulator runs; an absent key stays, `null` takes a window away. */
export const UsageChange = v.strictObject({
  primary: v.exactOptional(WindowChange),
  secondary: v.exactOptional(WindowChange),
  additional_rate_limits: v.exactOptional(v.array(AdditionalLimit)),
  credits: v.exactOptional(Credits),
  plan_type: v.exactOptional(v.string()),
  turn_cost_percent: v.exactOptional(v.number()),
})
export type UsageChange = v.InferOutput<typeof UsageChange>

/** How to make an account; everything but the name has a stable default derived from it. */
export const AccountOptions = v.strictObject({
  name: v.string(),
  email: v.exactOptional(v.string()),
  userId: v.exactOptional(v.string()),
  accountId: v.exactOptional(v.string()),
  accessLifetimeSeconds: v.exactOptional(v.number()),
  ...UsageChange.entries,
})
export type AccountOptions = v.InferOutput<typeof AccountOptions>

/** A paid account of the fake provider. `name` is the test's word for it and never on the wire. */
export type Account = {
  readonly name: string
  readonly email: string
  /** The `chatgpt_user_id` claim. */
  readonly userId: string
  /** The `chatgpt_account_id` claim and the `ChatGPT-Account-Id` header. */
  readonly accountId: string
  readonly accessLifetimeSeconds: number
  plan_type: string
  primary: UsageWindow | null
  secondary: UsageWindow | null
  additional_rate_limits: v.InferOutput<typeof AdditionalLimit>[]
  credits: v.InferOutput<typeof Credits>
  /** Percent of every window that one turn burns. */
  turn_cost_percent: number
}

const FIVE_HOURS = 18_000
const WEEK = 604_800
/** Codex access tokens lived ten days when this was written (public source, 0.169). */
const ACCESS_LIFETIME = 864_000

/** Builds an account; `at` is the epoch in milliseconds that default windows are half through. */
export function createAccount(options: AccountOptions, at: number): Account {
  const { name, email, userId, accountId, accessLifetimeSeconds, ...usage } = options
  const digest = sha256(`simulated account ${name}`)
  const account: Account = {
    name,
    email: email ?? `${name}@example.test`,
    userId: userId ?? `user-${digest.slice(0, 24)}`,
    accountId: accountId ?? uuidFrom(digest),
    accessLifetimeSeconds: accessLifetimeSeconds ?? ACCESS_LIFETIME,
    plan_type: "plus",
    primary: freshWindow(FIVE_HOURS, at),
    secondary: freshWindow(WEEK, at),
    additional_rate_limits: [],
    credits: { has_credits: false, unlimited: false, balance: "0" },
    turn_cost_percent: 0,
  }
  changeUsage(account, usage, at)
  return account
}

/** Applies a change; a window that was absent starts with the usual length of its position. */
export function changeUsage(account: Account, change: UsageChange, at: number): void {
  const { primary, secondary, ...rest } = change
  Object.assign(account, rest)
  if (primary !== undefined) {
    account.primary = primary && { ...(account.primary ?? freshWindow(FIVE_HOURS, at)), ...primary }
  }
  if (secondary !== undefined) {
    account.secondary = secondary && {
      ...(account.secondary ?? freshWindow(WEEK, at)),
      ...secondary,
    }
  }
}

function freshWindow(seconds: number, at: number): UsageWindow {
  return {
    used_percent: 0,
    limit_window_seconds: seconds,
    reset_at: Math.floor(at / SECOND) + seconds / 2,
  }
}
