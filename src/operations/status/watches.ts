import type { InferOutput } from "valibot"
import { asObject } from "../../domain/document.ts"
import type { Pool } from "../../pool/pool.ts"
import { isoTime } from "../../system/time.ts"
import type * as schema from "./schema/watches.ts"
import { storedText } from "./stored.ts"

export type WatchStatus = InferOutput<typeof schema.WatchStatus>

/** When each client was last looked after and what came of it; one that never was is not in it. */
export function watchStatuses({ ledger, targets }: Pool): WatchStatus[] {
  return targets.flatMap(({ id }): WatchStatus[] => {
    const found = ledger.lastReceipt(`${id}_watch`)
    if (found === null) return []
    const { at, status, receipt, run } = found
    return [
      {
        target: id,
        lookedAt: isoTime(at),
        status,
        reason: storedText(asObject(receipt.decision)?.reason) ?? firstBlocker(receipt.blockers),
        from: storedText(receipt.currentLabelBefore),
        label: storedText(receipt.currentLabelAfter),
        since: isoTime(run?.firstAt ?? at),
        ticks: run?.count ?? 1,
        unreachableSince: storedText(run?.last.unreachableSince),
        waitUntil: storedText(run?.last.waitUntil),
      },
    ]
  })
}

function firstBlocker(blockers: unknown): string | null {
  return Array.isArray(blockers) ? storedText(asObject(blockers[0])?.kind) : null
}
