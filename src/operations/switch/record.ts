import { asObject, type Document, isEnabled, labelsOf } from "../../domain/document.ts"
import type { JsonObject } from "../../domain/login.ts"
import { readinessOf } from "../../domain/readiness-of.ts"
import type { SelectionReceipt } from "../../domain/receipt.ts"
import type { Pool } from "../../pool/pool.ts"
import { now } from "../../system/clock.ts"
import { parseIso } from "../../system/time.ts"
import type { Target } from "../../targets/target.ts"

/** Puts a finished switch into the ledger: the receipt always. */
export function recordReceipt(pool: Pool, target: Target, receipt: SelectionReceipt): void {
  pool.ledger.addReceipt(
    parseIso(receipt.observedAt) ?? now(),
    receipt as SelectionReceipt & JsonObject,
    target.id,
  )
}

/** Puts a real selection or a block into the history, in the reference's words. */
export function recordHistory(
  pool: Pool,
  target: Target,
  document: Document,
  receipt: SelectionReceipt,
): void {
  if (receipt.status === "noop") return
  const blocked = receipt.status === "blocked"
  const at = now()
  const spare = labelsOf(document, target.provider).filter(
    (label) =>
      isEnabled(asObject(document.accounts[label]) ?? {}) &&
      readinessOf(document, { provider: target.provider, label }, at).status === "ready",
  )
  pool.ledger.addHistory(target.provider, {
    observedAt: receipt.observedAt,
    kind: "selection",
    status: receipt.status,
    ...(receipt.label === undefined ? {} : { label: receipt.label }),
    ...(receipt.accountId === undefined ? {} : { accountId: receipt.accountId }),
    hadSpareEligibleCapacity: !blocked && spare.length > 1,
    reason: blocked ? blockReason(receipt) : receipt.keptCurrent ? "kept_current" : "next_best",
  })
}

/** Only a pool that can't serve counts as short of accounts; other blocks bear their own names. */
function blockReason({ blockers }: SelectionReceipt): string {
  const kind = blockers[0]?.kind ?? "blocked"
  return kind === "nothing_can_serve" ? "no_eligible_pool_account" : kind
}
