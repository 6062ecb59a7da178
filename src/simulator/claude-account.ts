import * as v from "valibot"
import { sha256 } from "../system/hash.ts"
import { DAY, SECOND } from "../system/time.ts"
import { type ClaudeUsage, ClaudeUsageChange, freshClaudeUsage } from "./claude-usage.ts"
import { uuidFrom } from "./uuid.ts"

/** What a Claude Code login may do (2.1.329 asks for these six). */
export const CLAUDE_SCOPES = [
  "user:profile",
  "user:inference",
  "user:sessions:claude_code",
  "user:mcp_servers",
  "user:file_upload",
  "user:plugins",
]

/** How to make an account; everything but the name has a stable default derived from it. */
export const ClaudeAccountOptions = v.strictObject({
  name: v.string(),
  email: v.exactOptional(v.string()),
  accountUuid: v.exactOptional(v.string()),
  organizationUuid: v.exactOptional(v.string()),
  organizationName: v.exactOptional(v.string()),
  /** `claude_pro`, `claude_max`, `claude_team` … */
  organizationType: v.exactOptional(v.string()),
  rateLimitTier: v.exactOptional(v.string()),
  accessLifetimeSeconds: v.exactOptional(v.number()),
  loginLifetimeSeconds: v.exactOptional(v.number()),
  /** A refresh that asks for more than the login was granted is answered with `invalid_scope`. */
  refusesWiderScope: v.exactOptional(v.boolean()),
  /** Usage readings that are answered within an hour; one more is a 429. */
  usageReadsAnHour: v.exactOptional(v.number()),
  ...ClaudeUsageChange.entries,
})
export type ClaudeAccountOptions = v.InferOutput<typeof ClaudeAccountOptions>

/** A paid Claude account. `name` is the test's word for it and never on the wire. */
export type ClaudeAccount = {
  readonly name: string
  readonly email: string
  readonly accountUuid: string
  readonly organizationUuid: string
  readonly organizationName: string
  readonly organizationType: string
  readonly rateLimitTier: string
  readonly accessLifetimeSeconds: number
  readonly loginLifetimeSeconds: number
  readonly refusesWiderScope: boolean
  readonly usageReadsAnHour: number
  /** When its usage was read within the last hour, epoch ms. */
  usageReads: number[]
  readonly usage: ClaudeUsage
}

/** The real one answered 28 to 30 readings in any 60 minutes (claude-swap, Aug 2026). */
const USAGE_READS_AN_HOUR = 30

/** Builds an account; `at` is the epoch in milliseconds that default windows are half through. */
export function createClaudeAccount(options: ClaudeAccountOptions, at: number): ClaudeAccount {
  const digest = sha256(`simulated Claude account ${options.name}`)
  const own = v.parse(v.object(ClaudeUsageChange.entries), options)
  return {
    name: options.name,
    email: options.email ?? `${options.name}@example.test`,
    accountUuid: options.accountUuid ?? uuidFrom(digest),
    organizationUuid: options.organizationUuid ?? uuidFrom(sha256(digest)),
    organizationName: options.organizationName ?? `${options.name}'s Organization`,
    organizationType: options.organizationType ?? "claude_max",
    rateLimitTier: options.rateLimitTier ?? "default_claude_max_20x",
    accessLifetimeSeconds: options.accessLifetimeSeconds ?? 28_800,
    loginLifetimeSeconds: options.loginLifetimeSeconds ?? (30 * DAY) / SECOND,
    refusesWiderScope: options.refusesWiderScope ?? false,
    usageReadsAnHour: options.usageReadsAnHour ?? USAGE_READS_AN_HOUR,
    usageReads: [],
    usage: { ...freshClaudeUsage(at), ...own },
  }
}

/** `max` of `claude_max`: the word that stands in a login. */
export function subscriptionOf({ organizationType }: ClaudeAccount): string {
  return organizationType.replace(/^claude_/, "")
}
