import type { Label } from "../domain/label.ts"
import type { SelectionReceipt } from "../domain/receipt.ts"
import type { Store } from "../domain/store.ts"
import { type Occasion, USE } from "../pool/choose.ts"
import { healStores, withStoreLock } from "../pool/heal.ts"
import type { Pool } from "../pool/pool.ts"
import { fail, failUsage } from "../system/errors.ts"
import type { Target } from "../targets/target.ts"
import { emptyPool } from "./capture/empty-pool.ts"
import { foreseeSwitch } from "./switch/foresee.ts"
import { performSwitch } from "./switch/perform.ts"
import { recordReceipt } from "./switch/record.ts"

export type ActivateOptions = {
  /** The label to switch to; null: the policy chooses. */
  label: Label | null
  /** Leave the current label even if it is fine. */
  next: boolean
  /** Say what would happen; change nothing. */
  dryRun: boolean
  /** A login of no label in the home becomes this label before the switch. */
  adopt: Label | null
  /** A login that aim does not know is put aside and replaced. */
  replaceUnmanaged: boolean
}

export type Activation = { ok: boolean; dryRun: boolean; receipt: SelectionReceipt }

/**
 * `aim <target> use`: capture, choose, refresh if due, write, verify, receipt (design §4). Live
 * files are never deleted, and stay as they are when nothing can serve or nothing is known.
 */
export async function activate(
  pool: Pool,
  target: Target,
  options: ActivateOptions,
): Promise<Activation> {
  if (options.adopt !== null && options.replaceUnmanaged)
    failUsage(
      "conflicting_flags",
      "`--adopt` and `--replace-unmanaged` exclude each other",
      "choose one",
    )
  const store = await target.primaryStore()
  if (options.adopt === null && options.label === null) await requirePool(pool, target, store)
  const occasion: Occasion = { ...USE, next: options.next }
  if (options.dryRun) {
    const receipt = await foreseeSwitch(pool, target, store, occasion, options)
    return { ok: receipt.status !== "blocked", dryRun: true, receipt }
  }
  const receipt = await withStoreLock(pool, store, () =>
    performSwitch(pool, target, store, occasion, options),
  )
  const healed = await healStores(pool)
  const full = { ...receipt, stores: [...receipt.stores, ...healed.map((each) => ({ ...each }))] }
  recordReceipt(pool, target, full)
  return { ok: full.status !== "blocked", dryRun: false, receipt: full }
}

/** A pool without any enabled label is a first step not taken, not a blocked switch. */
async function requirePool(pool: Pool, target: Target, store: Store): Promise<void> {
  const problem = await emptyPool(pool, target, store)
  if (problem !== null) fail(problem.code, problem.message, problem.hint)
}
