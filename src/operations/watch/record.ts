import { asObject, type Document, targetBlock } from "../../domain/document.ts"
import { patchTarget } from "../../domain/document-edits.ts"
import type { JsonObject } from "../../domain/login.ts"
import { decisionKey } from "../../domain/receipt/watch-verdict.ts"
import type { WatchReceipt } from "../../domain/receipt.ts"
import type { Run } from "../../ledger/ledger.ts"
import { commit } from "../../pool/commit.ts"
import type { Pool } from "../../pool/pool.ts"
import { HOUR, parseIso } from "../../system/time.ts"
import type { Target } from "../../targets/target.ts"
import { recordHistory } from "../switch/record.ts"

/** What the tick before left for this one; null before the first. */
export type LastTick = { unreachableSince: number | null; warnings: readonly string[] }

/** What the last look at a target came to, or null for the first one. */
export function lastTick(pool: Pool, target: Target): LastTick | null {
  const run = pool.ledger.lastRun(`${target.id}_watch`)
  if (run === null) return null
  const { unreachableSince, warnings } = run.last
  return {
    unreachableSince: parseIso(unreachableSince),
    warnings: Array.isArray(warnings) ? warnings.filter((kind) => typeof kind === "string") : [],
  }
}

/**
 * Records a tick: in the ledger always, as one more of its run; in the vault's file where the last
 * one there decided something else or is an hour old, so that a timer does not write it all day.
 */
export async function recordTick(
  pool: Pool,
  target: Target,
  receipt: WatchReceipt,
  at: number,
): Promise<Run | null> {
  const { document, missing } = await pool.vault.read()
  const run = pool.ledger.addTick({
    at,
    receipt: receipt as WatchReceipt & JsonObject,
    target: target.id,
    decision: decisionKey(receipt),
    last: {
      primaryRemainingPct: receipt.primaryRemainingPctBefore,
      secondaryRemainingPct: receipt.secondaryRemainingPctBefore,
      numbers: receipt.decision?.numbers ?? {},
      warnings: receipt.warnings.map(({ kind }) => kind),
      ...(receipt.unreachableSince === undefined
        ? {}
        : { unreachableSince: receipt.unreachableSince }),
      ...(receipt.waitUntil === undefined ? {} : { waitUntil: receipt.waitUntil }),
    },
  })
  const { selectionReceipt: selection } = receipt
  if (run?.count === 1 && selection?.status === "blocked")
    recordHistory(pool, target, document, selection)
  if (missing || !isExportDue(document, target, receipt, at)) return run
  await commit(pool, (fresh) => patchTarget(fresh, target.vaultKey, { lastWatchReceipt: receipt }))
  return run
}

function isExportDue(
  document: Document,
  { vaultKey }: Target,
  receipt: WatchReceipt,
  at: number,
): boolean {
  const last = asObject(targetBlock(document, vaultKey).lastWatchReceipt)
  const age = at - (parseIso(last?.observedAt) ?? Number.NEGATIVE_INFINITY)
  if (last === null || age < 0 || age >= HOUR) return true
  return !Array.isArray(last.blockers) || decisionKey(last as WatchReceipt) !== decisionKey(receipt)
}
