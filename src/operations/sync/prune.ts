import { ownerOfReadback } from "../../domain/adopt/owner.ts"
import type { Document } from "../../domain/document.ts"
import { pairHash } from "../../domain/pair.ts"
import type { ProviderId } from "../../domain/provider-id.ts"
import { pruneIntents, withPruneIntent } from "../../domain/prune-intents.ts"
import { withClientLocks } from "../../pool/client-locks.ts"
import { mayBeRefreshing } from "../../pool/defer.ts"
import { withStoreLock } from "../../pool/heal.ts"
import { type Pool, targetsOf } from "../../pool/pool.ts"
import type { Held } from "../../pool/stores.ts"
import { AimError, type Problem } from "../../system/errors.ts"
import { deferredFinding } from "../switch/findings.ts"
import { nobodys, wasLeft } from "./orphans.ts"
import { finishPrune, intentOf, type Pruned, pruneStore, reachableStore } from "./prune-store.ts"

/**
 * The stores whose login `--prune-live` takes out, of those that hold a label which an import
 * removes: not one whose own files name two accounts, for it may be another's.
 */
export function prunableAmong(held: readonly Held[]): Held[] {
  return held.filter(({ readback, owner }) => {
    if (readback.kind !== "login" || owner === null) return false
    return readback.contradiction === undefined || owner.relation !== "conflict"
  })
}

/** A store that would be pruned, as a plan says it. */
export function plannedOf({ store, owner }: Held): Pruned {
  const label = owner?.label ?? ""
  return { label, store: store.home, outcome: "planned", files: [], quarantined: null }
}

/** Why none of them may be touched now: a client may be renewing its login at this moment. */
export async function pruneDeferred(
  pool: Pool,
  document: Document,
  planned: readonly Held[],
): Promise<Problem | null> {
  for (const held of planned) {
    const deferral = await mayBeRefreshing(pool, document, held)
    if (deferral === null) continue
    const { kind, detail, hint } = deferredFinding(plannedOf(held).label, deferral)
    return { code: kind, message: `${detail}; nothing was imported`, hint: String(hint) }
  }
  return null
}

/** Waits until each of their clients lets aim at its files; stops with what is in the way. */
export async function awaitClients(pool: Pool, planned: readonly Held[]): Promise<void> {
  for (const { target, store } of planned)
    await withStoreLock(pool, store, () => withClientLocks(target, store, async () => {}))
}

/** The document after an import, which says what is to be taken out as a login of no label. */
export function withPrunesOf(document: Document, planned: readonly Held[]): Document {
  return nobodys(document, planned).reduce((next, { target, store, readback, owner }) => {
    if (readback.kind !== "login" || owner === null) return next
    const intent = intentOf(store, owner.label, pairHash(readback.login.refresh))
    return withPruneIntent(next, target.vaultKey, intent)
  }, document)
}

/** Takes the logins out, store by store; `before` is the document that still has their labels. */
export async function prunePlanned(
  pool: Pool,
  before: Document,
  planned: readonly Held[],
): Promise<Pruned[]> {
  const pruned: Pruned[] = []
  for (const held of planned) {
    const { target, store } = held
    const { label } = plannedOf(held)
    const prune = () =>
      pruneStore(pool, target, store, label, (readback) => {
        const isLabels = ownerOfReadback(before, readback, label)?.label === label
        return isLabels || wasLeft(before, held, readback, label)
      })
    pruned.push(await orNamed(held, () => withStoreLock(pool, store, prune)))
  }
  return pruned
}

/** A store whose lock is held too long is named; its intent stays, and the others are done. */
async function orNamed(held: Held, work: () => Promise<Pruned>): Promise<Pruned> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AimError)) throw error
    const { code, message, hint } = error.problem
    return { ...plannedOf(held), outcome: code, detail: message, ...(hint && { hint }) }
  }
}

/** Finishes what a killed sync has left open in the homes of a provider's clients. */
export async function finishPrunes(pool: Pool, provider: ProviderId): Promise<Pruned[]> {
  const finished: Pruned[] = []
  for (const target of targetsOf(pool, provider)) {
    const { document } = await pool.vault.read()
    for (const { home } of pruneIntents(document, target.vaultKey)) {
      const store = await reachableStore(target, home)
      if (store === null) continue
      const done = await withStoreLock(pool, store, () => finishPrune(pool, target, store))
      if (done !== null) finished.push(done)
    }
  }
  return finished
}
