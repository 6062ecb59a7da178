import type { Reason } from "../choice/types.ts"
import type { Finding, ReceiptStatus, WatchReceipt } from "../receipt.ts"

/** How one tick of a watch ended. */
export type WatchEnd =
  /** The present label stays and no file of the client was touched. */
  | { kind: "kept"; reason: Reason }
  /** The client's home holds what it should, by a switch or by a record of what was there. */
  | { kind: "switched"; status: ReceiptStatus }
  /** A client may be at its own refresh: no trouble, the next tick looks again. */
  | { kind: "deferred"; finding: Finding }
  | { kind: "blocked"; blockers: readonly Finding[] }
  /** Another process does it. */
  | { kind: "elsewhere" }

export const DEFERRED = "deferred_client_refreshing"
/** A client wrote its store anew at every attempt: what one does that renews its login just now. */
export const KEEPS_CHANGING = "store_keeps_changing"
/** Another process decides for this client and home, or has since this tick was due. */
export const ELSEWHERE = "another_watch_running"

/** Why a tick left all as it is, where the choice has no part in it. */
export type TickReason = typeof DEFERRED | typeof ELSEWHERE

/**
 * The status of a tick (issue 6): kept for whatever reason is `noop`, but a label that can't go on
 * while nothing else can serve is `blocked`, as is a home that can't be trusted.
 */
export function watchStatus(end: WatchEnd): ReceiptStatus {
  if (end.kind === "switched") return end.status
  if (end.kind === "deferred" || end.kind === "elsewhere") return "noop"
  if (end.kind === "blocked") return "blocked"
  return end.reason === "nothing_can_serve" ? "blocked" : "noop"
}

const PASSING: ReadonlySet<string> = new Set([DEFERRED, KEEPS_CHANGING])

/** How a switch that came to nothing ends a tick: what passes by itself is left to the next one. */
export function endOf(blockers: readonly Finding[]): WatchEnd {
  const [finding] = blockers
  const waits = finding !== undefined && blockers.every(({ kind }) => PASSING.has(kind))
  return waits ? { kind: "deferred", finding } : { kind: "blocked", blockers }
}

/** What has to be alike for two ticks to be one run: what was decided, for whom, and what blocks. */
export function decisionKey(receipt: WatchReceipt): string {
  const { status, decision, currentLabelBefore, currentLabelAfter, blockers } = receipt
  return JSON.stringify([
    status,
    decision?.reason ?? null,
    currentLabelBefore,
    currentLabelAfter,
    [...new Set(blockers.map(({ kind }) => kind))].sort(),
    receipt.unreachableSince !== undefined,
  ])
}
