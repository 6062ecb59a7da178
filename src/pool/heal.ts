import type { InferOutput } from "valibot"
import type { Owner } from "../domain/adopt/owner.ts"
import { credentialRecord, type Document } from "../domain/document.ts"
import type { Label } from "../domain/label.ts"
import type * as schema from "../domain/receipt/schema.ts"
import type { Store } from "../domain/store.ts"
import type { LabelKey } from "../ledger/ledger.ts"
import { now } from "../system/clock.ts"
import { AimError } from "../system/errors.ts"
import { withLock } from "../system/locks.ts"
import type { Target } from "../targets/target.ts"
import { captureHeld } from "./capture.ts"
import { withClientLocks } from "./client-locks.ts"
import { conflictIn } from "./conflict-in.ts"
import { keyOf, type Pool } from "./pool.ts"
import { everyStore, type Held, homesOutOfReach, readStore, storeKey } from "./stores.ts"

/** What healing did to one store: `reached` (the newest pair was written), `captured`, or why not. */
export type Healed = InferOutput<typeof schema.Healed>

/** Holds a store's target lock: every write to a client's store does. */
export function withStoreLock<T>(pool: Pool, store: Store, work: () => Promise<T>): Promise<T> {
  return withLock(pool.vault.paths.locks, `target-${storeKey(store)}`, work)
}

/**
 * Law 2: a label's newest pair reaches every store that holds the label. Goes through all stores
 * of all targets, first captures what is newer, then writes what is older, each under its own target
 * lock. The caller holds no lock. A store that can't be reached is named, and done by the next
 * mutating command or tick. `except` leaves one home alone (capture promises not to change it).
 */
export async function healStores(pool: Pool, except: Store | null = null): Promise<Healed[]> {
  const every = (store: Store) => store.realHome !== except?.realHome
  const captured = await healWhere(pool, "newer", every)
  const reached = await healWhere(pool, "older", every)
  const { document } = await pool.vault.read()
  const stores = await everyStore(pool, document)
  return [...captured, ...reached, ...(await outOfReach(pool, document, stores))]
}

/** What no healing can mend: a pair in conflict with the stored one, a home aim can't go to. */
export async function outOfReach(
  pool: Pool,
  document: Document,
  stores: readonly Held[],
): Promise<Healed[]> {
  const named: Healed[] = []
  for (const target of pool.targets) {
    for (const { home, label, problem } of await homesOutOfReach(document, target)) {
      const { code, message, hint } = problem
      named.push({ store: home, label, outcome: code, detail: message, ...(hint && { hint }) })
    }
  }
  for (const { target, store, owner } of stores) {
    if (owner?.relation !== "conflict") continue
    named.push({ store: store.home, label: owner.label, ...conflictIn(target, store, owner.label) })
  }
  return named
}

/**
 * Brings one label's newest pair, as soon as there is one, to the stores that hold an older one:
 * until then a client there may post the spent pair. The caller holds no lock.
 */
export function healLabel(pool: Pool, key: LabelKey): Promise<Healed[]> {
  return healWhere(pool, "older", (_, target, { label }) => {
    return label === key.label && target.provider === key.provider
  })
}

async function healWhere(
  pool: Pool,
  relation: Owner["relation"],
  wanted: (store: Store, target: Target, owner: Owner) => boolean,
): Promise<Healed[]> {
  const healed: Healed[] = []
  const { document } = await pool.vault.read()
  for (const { target, store, owner } of await everyStore(pool, document)) {
    if (owner?.relation !== relation || !wanted(store, target, owner)) continue
    const done = await healOrName(pool, target, store, owner.label)
    if (done !== null) healed.push(done)
  }
  return healed
}

/** A store whose locks are held too long, or whose disk is full, is named; the others are healed. */
async function healOrName(
  pool: Pool,
  target: Target,
  store: Store,
  label: Label,
): Promise<Healed | null> {
  try {
    return await withStoreLock(pool, store, () => healStore(pool, target, store))
  } catch (error) {
    if (!(error instanceof AimError)) throw error
    return { store: store.home, label, outcome: error.problem.code, detail: error.problem.message }
  }
}

/** Heals one store whose target lock the caller holds. Null when there was nothing to do. */
export async function healStore(pool: Pool, target: Target, store: Store): Promise<Healed | null> {
  const { document } = await pool.vault.read()
  const { owner } = await readStore(document, target, store)
  if (owner === null) return null
  const key = keyOf(target.provider, owner.label)
  return pool.vault.withLabels([key], async (lease): Promise<Healed | null> => {
    const captured = await captureHeld(pool, lease, key, target, store)
    if (captured !== null) return { store: store.home, label: key.label, outcome: "captured" }
    return writeOlder(pool, target, store, key.label)
  })
}

/**
 * Writes the label's stored pair over an older one. The caller holds the store's target lock, the
 * label's lease and, with `posting`, the lock under which the client posts.
 */
export async function writeOlder(
  pool: Pool,
  target: Target,
  store: Store,
  label: Label,
  posting = false,
): Promise<Healed | null> {
  const { document } = await pool.vault.read()
  const { readback, owner } = await readStore(document, target, store)
  const record = credentialRecord(document, target.provider, label)
  if (readback.kind !== "login" || owner?.label !== label || owner.relation !== "older") return null
  if (record === null) return null
  const { blockers, against } = await target.obstacles(store)
  const blocker = [...blockers, ...against(record)][0]
  if (blocker !== undefined) {
    return { store: store.home, label, outcome: blocker.code, detail: blocker.message }
  }
  const write = () => target.apply(store, record, readback.stamp, now())
  const applied = posting
    ? await target.withClientLocks(store, write)
    : await withClientLocks(target, store, write)
  if (applied.kind === "moved") return { store: store.home, label, outcome: "store_moved" }
  const problem = await target.verify(store, record)
  return problem === null
    ? { store: store.home, label, outcome: "reached" }
    : { store: store.home, label, outcome: problem.code, detail: problem.message }
}

/**
 * Writes the label's new pair into a store that held the one before it until its POST, and that the
 * client has emptied since: a machine that slept through the POST let Claude Code take the locks over
 * and post the spent pair too. The caller holds the store's target lock and the label's lease.
 */
export async function refillBlanked(
  pool: Pool,
  target: Target,
  store: Store,
  label: Label,
): Promise<void> {
  const { document } = await pool.vault.read()
  const readback = await target.read(store)
  const record = credentialRecord(document, target.provider, label)
  if (readback.kind !== "blank" || record === null) return
  const { blockers, against } = await target.obstacles(store)
  if ([...blockers, ...against(record)].length > 0) return
  await withClientLocks(target, store, () => target.apply(store, record, readback.stamp, now()))
}
