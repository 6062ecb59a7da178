import type { Store } from "../domain/store.ts"
import type { Target } from "../targets/target.ts"

/** Takes all of a client's own locks, in its order: the one it posts under, those of its writes. */
export function withClientLocks<T>(
  target: Target,
  store: Store,
  work: () => Promise<T>,
): Promise<T> {
  const write = () => target.withClientLocks(store, work)
  return target.withPostLock === null ? write() : target.withPostLock(store, write)
}
