import type { JsonObject } from "../domain/login.ts"
import type { ReceiptStatus } from "../domain/receipt.ts"
import type { TargetId } from "../domain/store.ts"
import { now } from "../system/clock.ts"
import { isoTime } from "../system/time.ts"
import type { Pool } from "./pool.ts"

/** What an operator's command did to labels and stores; named fields, no secrets. */
export type Act = JsonObject & { action: string; status: ReceiptStatus }

/**
 * Puts the receipt of an act other than a switch into the ledger (law 8). Acts that found nothing
 * to do leave none, so that a timer does not fill the ledger.
 */
export function recordAct(pool: Pool, act: Act, target: TargetId | null = null): void {
  if (act.status === "noop") return
  const at = now()
  const { action, status, ...rest } = act
  pool.ledger.addReceipt(at, { action, status, observedAt: isoTime(at), ...rest }, target)
}
