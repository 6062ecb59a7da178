import type { AccountStatus } from "../../operations/status/account.ts"
import type { Status } from "../../operations/status/document.ts"
import { compact } from "../layout/compact.ts"
import type { Frame } from "../layout/frame.ts"
import { type Cell, table } from "../layout/table.ts"
import { NOTHING } from "../layout/window-cell.ts"
import { providerWord } from "../words/provider-word.ts"

/** Below this width the columns that can be missed best are left out. */
const ALL_COLUMNS = 72

/** `--accounts`: what the vault and the ledger remember of each label, in spans of time. */
export function accountLines({ accounts }: Status, at: number, frame: Frame): string[] {
  const wide = frame.width >= ALL_COLUMNS
  const columns = [
    { title: "label", shrinks: true },
    ...(wide ? [{ title: "provider" }] : []),
    { title: "expires", align: "right" as const },
    ...(wide ? [{ title: "refreshed", align: "right" as const }] : []),
    { title: "read", align: "right" as const },
    { title: "failed", align: "right" as const },
    { title: "quota hit", align: "right" as const },
    { title: "cooling", shrinks: true },
  ]
  const since = (time: string | null) => span(time, (then) => at - then)
  const rows = accounts.map((account): Cell[] => [
    account.label,
    ...(wide ? [providerWord(account.provider)] : []),
    expiry(account, at),
    ...(wide ? [since(account.lastRefreshAt)] : []),
    since(account.lastSuccessAt),
    { text: String(account.consecutiveFailures), style: failing(account) },
    since(account.lastQuotaHitAt),
    cooling(account, at),
  ])
  return table(columns, rows, frame)
}

/** Of the access token; one that has run out is refreshed with the next use. */
function expiry({ credentials: { expiresAt } }: AccountStatus, at: number): Cell {
  const left = expiresAt === null ? Number.NaN : Date.parse(expiresAt) - at
  if (left <= 0) return { text: "run out", style: "yellow" }
  return span(expiresAt, (then) => then - at)
}

function cooling({ coolingUntil, coolingReason }: AccountStatus, at: number): Cell {
  if (coolingUntil === null) return ""
  return `${compact(Date.parse(coolingUntil) - at)}: ${coolingReason ?? "?"}`
}

function failing({ consecutiveFailures }: AccountStatus): "yellow" | undefined {
  return consecutiveFailures > 0 ? "yellow" : undefined
}

function span(time: string | null, of: (then: number) => number): Cell {
  const then = time === null ? Number.NaN : Date.parse(time)
  return Number.isNaN(then) ? { text: NOTHING, style: "dim" } : compact(of(then))
}
