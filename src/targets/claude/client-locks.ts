import { dirname, join } from "node:path"
import type { Store } from "../../domain/store.ts"
import {
  type DirLock,
  type HeldDirLock,
  isDirLockHeld,
  takeDirLock,
} from "../../system/dir-lock.ts"
import { errnoOf } from "../../system/errors.ts"
import { SECOND } from "../../system/time.ts"
import { ensureFolder } from "../client-folder.ts"
import { refuseLost, takeOrFail, underDirLock, underDirLocks } from "../dir-locks.ts"
import { clearDeadOwner } from "./lock-owner.ts"

/** Claude Code holds its locks for one request; a holder that does not let go within this is stuck. */
const CLIENT = { name: "Claude Code", waitMs: 20 * SECOND }

/** Claude Code 2.1.329 touches the locks of a refresh every 5 s. */
const TOUCHED_WITHIN = 8 * SECOND

/** The four lock folders of Claude Code 2.1.329, in its order, with the age at which each is stale. */
function locksOf(store: Store) {
  const { realHome, file, appState } = store
  return {
    refresh: {
      path: join(realHome, ".oauth_refresh.lock"),
      staleMs: 60 * SECOND,
      watchMs: TOUCHED_WITHIN,
    },
    legacy: { path: `${realHome}.lock`, staleMs: 60 * SECOND, watchMs: TOUCHED_WITHIN },
    storage: { path: join(realHome, ".storage-write.lock"), staleMs: 15 * SECOND },
    state: { path: `${appState ?? file}.lock`, staleMs: 10 * SECOND },
  }
}

/**
 * Holds the two locks under which Claude Code posts a refresh. As it does, the first is let go while
 * somebody has the second. `records` is where aim notes the locks that it makes.
 *
 * Neither is taken while somebody has a lock that the work inside may need: a Claude Code that ends
 * can leave its app state's lock behind (2.1.329, one `auth status` in five), and a wait of ten
 * seconds for that would keep a running one from its refresh for longer than it waits.
 */
export async function withPostLock<T>(
  records: string,
  store: Store,
  work: () => Promise<T>,
): Promise<T> {
  await ensureFolder(store.realHome)
  const { refresh, legacy, storage, state } = locksOf(store)
  const take = async () => {
    for (const inner of [storage, state])
      if (await isDirLockHeld(inner, records)) return { waitsFor: inner.path }
    await clearDeadOwner(store, refresh.path, legacy.path)
    const first = await takeOrFail(CLIENT, refresh, records)
    if (first === null) return { waitsFor: refresh.path }
    try {
      const second = await takenOr(legacy, records)
      if (second === "held") {
        first.release()
        return { waitsFor: legacy.path }
      }
      return { held: second === null ? [first] : [first, second] }
    } catch (error) {
      first.release()
      throw error
    }
  }
  return underDirLocks(CLIENT, take, work)
}

/** Holds the locks under which Claude Code writes its credentials, and then its app state. */
export async function withClientLocks<T>(
  records: string,
  store: Store,
  work: () => Promise<T>,
): Promise<T> {
  await ensureFolder(store.realHome)
  const { storage, state } = locksOf(store)
  await ensureFolder(dirname(state.path))
  return underDirLock(CLIENT, storage, records, () => underDirLock(CLIENT, state, records, work))
}

/** Stops with `client_lock_lost` where another program has taken one of our locks over. */
export function refuseLostLocks(store: Store): void {
  refuseLost(Object.values(locksOf(store)))
}

/** Claude Code goes on without the legacy lock where it can't be made, beside the home say. */
async function takenOr(lock: DirLock, records: string): Promise<HeldDirLock | "held" | null> {
  try {
    return (await takeDirLock(lock, records)) ?? "held"
  } catch (error) {
    if (errnoOf(error) === null) throw error
    return null
  }
}
