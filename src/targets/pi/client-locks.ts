import { dirname } from "node:path"
import type { Store } from "../../domain/store.ts"
import type { DirLock } from "../../system/dir-lock.ts"
import { resolveLinks } from "../../system/files.ts"
import { SECOND } from "../../system/time.ts"
import { ensureFolder } from "../client-folder.ts"
import { refuseLost, underDirLock } from "../dir-locks.ts"

/** Pi waits 30 s for its own lock; its refresh ends after 15 s (1.5.2). */
const CLIENT = { name: "Pi", waitMs: 30 * SECOND }

/** proper-lockfile touches a lock each half of the time after which it is stale. */
const TOUCHED_WITHIN = 16 * SECOND

/** Where Pi 1.5.2 and 0.73.1 lock for a refresh: beside the file that `auth.json` resolves to. */
async function lockOf({ file }: Store): Promise<DirLock> {
  const real = await resolveLinks(file).catch(() => file)
  return { path: `${real}.lock`, staleMs: 30 * SECOND, watchMs: TOUCHED_WITHIN }
}

/**
 * Holds the lock under which Pi posts its refresh. Pi writes under the very same one, so inside of
 * it there is none left to take. `records` is where aim notes the locks that it makes.
 */
export async function withPostLock<T>(
  records: string,
  store: Store,
  work: () => Promise<T>,
): Promise<T> {
  const lock = await lockOf(store)
  await ensureFolder(dirname(lock.path))
  return underDirLock(CLIENT, lock, records, work)
}

/** Stops with `client_lock_lost` where another program has taken the lock over. */
export async function refuseLostLock(store: Store): Promise<void> {
  refuseLost([await lockOf(store)])
}
