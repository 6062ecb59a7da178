import type { Store } from "../domain/store.ts"
import type { LabelKey } from "../ledger/ledger.ts"
import { AimError } from "../system/errors.ts"
import { LOCK_TIMEOUT, tryLock } from "../system/locks.ts"
import type { Target } from "../targets/target.ts"
import { withStoreLock } from "./heal.ts"
import { type Pool, targetsOf } from "./pool.ts"
import { storeKey, storesHolding } from "./stores.ts"

/** A store whose client posts under a lock that aim can take too. */
export type PostStore = { target: Target; store: Store }

/**
 * Holds the target locks of all stores whose client must not post this label's pair while aim does,
 * and must find the new one when it looks again. `mine` is a store whose target lock the caller
 * holds; the locks of others are then not waited for, since two aims could wait for each other.
 * Stops with `lock_timeout` where one can't be had.
 */
export async function withStoresToPost<T>(
  pool: Pool,
  key: LabelKey,
  mine: Store | null,
  work: (stores: readonly PostStore[]) => Promise<T>,
): Promise<T> {
  if (targetsOf(pool, key.provider).every(({ withPostLock }) => withPostLock === null))
    return work([])
  const { document } = await pool.vault.read()
  const held = (await storesHolding(pool, document, key))
    .filter(({ target }) => target.withPostLock !== null)
    .sort((a, b) => (storeKey(a.store) < storeKey(b.store) ? -1 : 1))
  const nest = (left: readonly PostStore[]): Promise<T> => {
    const [first, ...rest] = left
    if (first === undefined) return work(held)
    if (first.store.realHome === mine?.realHome && first.store.target === mine.target)
      return nest(rest)
    return lock(pool, first.store, mine !== null, () => nest(rest))
  }
  return nest(held)
}

async function lock<T>(
  pool: Pool,
  store: Store,
  atOnce: boolean,
  work: () => Promise<T>,
): Promise<T> {
  if (!atOnce) return withStoreLock(pool, store, work)
  const name = `target-${storeKey(store)}`
  const taken = await tryLock(pool.vault.paths.locks, name, work)
  if (taken.held) return taken.value
  throw new AimError(LOCK_TIMEOUT, `another aim is at work on ${store.home}`, "run it again")
}

/** Holds the locks under which the clients of these stores post, in the order of the stores. */
export function withPostLocks<T>(stores: readonly PostStore[], work: () => Promise<T>): Promise<T> {
  const [first, ...rest] = stores
  if (first === undefined) return work()
  const next = () => withPostLocks(rest, work)
  return first.target.withPostLock === null ? next() : first.target.withPostLock(first.store, next)
}
