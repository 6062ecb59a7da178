import type { AccountStatus } from "../../operations/status/account.ts"
import type { UsageStatus } from "../../operations/status/usage.ts"
import { duration } from "../layout/duration.ts"
import type { Frame } from "../layout/frame.ts"
import { percent } from "../layout/percent.ts"
import { plain } from "../layout/plain.ts"
import { widthOf } from "../layout/width.ts"

/**
 * Windows that count for one model only (the most used first), credits and what is paid for beyond
 * the plan: what the table has no column for. One line, or as many as the frame needs.
 */
export function extraLines({ label, usage }: AccountStatus, at: number, frame: Frame): string[] {
  const parts = [
    ...usage.windows
      .filter(({ kind }) => kind !== "5h" && kind !== "weekly")
      .map(({ kind, usedPercent, resetAt }) => {
        const reset = resetAt === null ? "" : `, resets in ${duration(resetAt - at)}`
        return `${kind} ${percent(usedPercent)} used${reset}`
      }),
    ...creditsPart(usage),
    ...paidPart(usage),
  ]
  return wrapped(`${label}: `, parts, frame)
}

function creditsPart({ credits }: UsageStatus): string[] {
  if (credits?.unlimited) return ["unlimited credits"]
  return credits?.hasCredits ? [`credits ${credits.balance ?? "left"}`] : []
}

/** Nothing of an account that pays for no more than its plan. */
function paidPart({ extraUsage }: UsageStatus): string[] {
  if (extraUsage === null || !extraUsage.enabled) return []
  const { usedCents, monthlyLimitCents, currency, disabledReason } = extraUsage
  const money = (cents: number) => (cents / 100).toFixed(2)
  const limit = monthlyLimitCents === null ? "" : ` of ${money(monthlyLimitCents)}`
  const sum = usedCents === null ? "on" : `${money(usedCents)}${limit} ${currency ?? ""}`.trim()
  return [`extra usage ${sum}${disabledReason === null ? "" : ` (${disabledReason})`}`]
}

/** Parts after their title, `; ` between them, broken only between two. */
function wrapped(title: string, parts: readonly string[], { width }: Frame): string[] {
  const indent = " ".repeat(widthOf(plain(title)))
  return parts.map(plain).reduce<string[]>((lines, part) => {
    const last = lines.at(-1)
    if (last === undefined) return [plain(title) + part]
    const longer = `${last}; ${part}`
    if (widthOf(longer) < width) return [...lines.slice(0, -1), longer]
    return [...lines.slice(0, -1), `${last};`, indent + part]
  }, [])
}
