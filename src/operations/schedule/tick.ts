import { dirname } from "node:path"
import type { StoredReceipt } from "../../ledger/ledger.ts"
import { peekLastReceipt } from "../../ledger/peek-receipts.ts"
import { withRights } from "../../schedule/apply.ts"
import type { Scope } from "../../schedule/job.ts"
import type { Machine } from "../../schedule/machine.ts"
import type { Scheduler } from "../../schedule/scheduler.ts"
import { elapsed, now, sleep } from "../../system/clock.ts"
import type { Homes } from "../../system/homes.ts"
import { realPath } from "../../system/real-path.ts"
import { isoTime } from "../../system/time.ts"

/** A receipt of a watch, as far as a list of watches tells it. */
export type TickReceipt = { id: number; at: string; status: string; receipt: object }

/** `ok` is false for a tick that was blocked or failed, which the manager then shows as failed. */
export type FirstTick = { ok: boolean; receipt: TickReceipt | null }

const POLL_MS = 250
const LONGEST_MS = 330_000

/** Lets the manager tick once and waits for its end. A tick that fails is told, not thrown. */
export async function tickOnce(
  homes: Homes,
  machine: Machine,
  scheduler: Scheduler,
  target: string,
  scope: Scope,
): Promise<FirstTick> {
  const begun = now()
  const { code } = await machine.run(
    withRights(machine, scope === "system", scheduler.tick(target, scope)),
  )
  let running = await scheduler.look(target, scope)
  const deadline = elapsed() + LONGEST_MS
  // launchd starts a tick and does not wait for it.
  while (running.ticking && elapsed() < deadline) {
    await sleep(POLL_MS)
    running = await scheduler.look(target, scope)
  }
  const receipt = await lastTick(homes, target)
  const isNew = receipt !== null && Date.parse(receipt.at) >= begun
  const ok = code === 0 && (running.lastResult ?? "success") === "success"
  return { ok, receipt: isNew ? receipt : null }
}

/** The newest receipt that a watch of this target left in this home's ledger. */
export async function lastTick(homes: Homes, target: string): Promise<TickReceipt | null> {
  const ledger = `${dirname(realPath(homes.stateFile))}/ledger.db`
  const found = await peekLastReceipt(ledger, `${target}_watch`)
  return found === null ? null : shown(found)
}

function shown({ id, at, status, receipt }: StoredReceipt): TickReceipt {
  return { id, at: isoTime(at), status, receipt }
}
