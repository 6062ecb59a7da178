import { STALE_MINUTES } from "../../domain/choice/constants.ts"
import type { AccountStatus } from "../../operations/status/account.ts"
import type { Status } from "../../operations/status/document.ts"
import { MINUTE, SECOND } from "../../system/time.ts"
import { compact } from "../layout/compact.ts"
import type { Style } from "../layout/style.ts"
import type { Cell } from "../layout/table.ts"
import { NOTHING, SPENT } from "../layout/window-cell.ts"

/** Readings that failed in a row from which on it is no chance any more. */
const MANY_FAILURES = 3

/** Why nobody asked with a label's access token. */
const ACCESS: Readonly<Record<string, string>> = {
  access_expired: "expired",
  unauthorized: "refused",
}

/** Why there is no fresh reading although it was wanted. */
const READING: Readonly<Record<string, string>> = {
  waiting: "The issuer asked to wait",
  rate_limited: "The issuer asked to wait",
  transient: "Not reached just now",
  not_reached: "Not reached in time",
  protocol: "The reply made no sense",
}

/** Labels whose reading failed, a line a cause: with 30 labels offline still one line. */
export function unreadLines(accounts: readonly AccountStatus[]): string[] {
  const causes = new Map<string, string[]>()
  for (const account of accounts) {
    const cause = READING[account.usage.status]
    if (cause !== undefined) causes.set(cause, [...(causes.get(cause) ?? []), failing(account)])
  }
  return [...causes].map(([cause, labels]) => `${cause}: ${labels.join(", ")}`)
}

function failing({ label, consecutiveFailures: failures }: AccountStatus): string {
  return failures < MANY_FAILURES ? label : `${label} (${failures} times in a row)`
}

/** What else there is to know about a label, shortest first. */
export function noteCell(account: AccountStatus, status: Status, at: number): Cell {
  const { label, pool, usage, coolingUntil } = account
  const notes: string[] = []
  const { codexCli, claudeCli, piCli } = status
  const serving = [codexCli, claudeCli, piCli].map((client) => client?.inferredLabel)
  if (serving.includes(label)) notes.push("in use")
  const { decision } = status
  if (decision?.label === label && !decision.kept && status.nextBestCandidate !== null)
    notes.push("next")
  if (!pool.enabled) notes.push("disabled")
  if (coolingUntil !== null) notes.push(`cooling ${compact(Date.parse(coolingUntil) - at)}`)
  if (isStale(account)) notes.push("stale")
  const shut = spentModel(account)
  if (shut !== null) notes.push(`${shut} spent`)
  if (account.operator.status !== "ready") return notes.join(", ")
  const access = ACCESS[usage.status]
  if (usage.status === "unsupported_yet") notes.push("not read")
  else if (access !== undefined) notes.push(access)
  else if (usage.unmetered) notes.push("unmetered")
  else if (!usage.known) notes.push("no reading")
  return notes.join(", ")
}

/** The model whose own window is spent, while the label may still serve others. */
function spentModel({ usage: { windows } }: AccountStatus): string | null {
  const spent = windows.find(({ scope, usedPercent }) => scope !== null && usedPercent >= SPENT)
  return spent?.scope?.toLowerCase() ?? null
}

/** How old the reading is; an old one stands out. */
export function ageCell(account: AccountStatus): Cell {
  const { ageSeconds } = account.usage
  if (ageSeconds === null) return { text: NOTHING, style: "dim" }
  const style: Style | undefined = isStale(account) ? "yellow" : undefined
  return { text: compact(ageSeconds * SECOND), style }
}

/** Too old for the choice to rely on. */
function isStale({ usage: { ageSeconds } }: AccountStatus): boolean {
  return ageSeconds !== null && ageSeconds * SECOND > STALE_MINUTES * MINUTE
}
