import { dirname, join } from "node:path"
import type { Store } from "../../domain/store.ts"
import { now, sleep } from "../../system/clock.ts"
import {
  type DirLock,
  type HeldDirLock,
  isDirLockHeld,
  isDirLockLost,
  takeDirLock,
} from "../../system/dir-lock.ts"
import { errnoOf, fail, isFull } from "../../system/errors.ts"
import { SECOND } from "../../system/time.ts"
import { ensureFolder } from "../client-folder.ts"
import { CLIENT_LOCK_TIMEOUT } from "../target.ts"
import { clearDeadOwner } from "./lock-owner.ts"

/** Claude Code holds its locks for one request; a holder that does not let go within this is stuck. */
const WAIT_MS = 20 * SECOND
const PAUSE_MS = 200

/** The four lock folders of Claude Code 2.1.329, in its order, with the age at which each is stale. */
function locksOf(store: Store) {
  const { realHome, file, appState } = store
  return {
    refresh: { path: join(realHome, ".oauth_refresh.lock"), staleMs: 60 * SECOND },
    legacy: { path: `${realHome}.lock`, staleMs: 60 * SECOND },
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
    const first = await taken(refresh, records)
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
  return holding(await waited(take), work)
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
  const one = (lock: DirLock) => async () => {
    const held = await taken(lock, records)
    return held === null ? { waitsFor: lock.path } : { held: [held] }
  }
  return holding(await waited(one(storage)), async () => holding(await waited(one(state)), work))
}

/** Stops with `client_lock_lost` where another program has taken one of our locks over. */
export function refuseLostLocks(store: Store): void {
  const lost = Object.values(locksOf(store)).find(({ path }) => isDirLockLost(path))
  if (lost === undefined) return
  fail(
    "client_lock_lost",
    `another program took the lock ${lost.path} over while aim held it; nothing was written`,
    "aim was held up for too long (a sleeping machine?); run the command again",
  )
}

type Attempt = { held: HeldDirLock[] } | { waitsFor: string }

async function waited(take: () => Promise<Attempt>): Promise<HeldDirLock[]> {
  const deadline = now() + WAIT_MS
  for (;;) {
    const attempt = await take()
    if ("held" in attempt) return attempt.held
    if (now() >= deadline) return timedOut(attempt.waitsFor)
    await sleep(PAUSE_MS)
  }
}

async function holding<T>(held: readonly HeldDirLock[], work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } finally {
    for (const lock of held.toReversed()) lock.release()
  }
}

async function taken(lock: DirLock, records: string): Promise<HeldDirLock | null> {
  try {
    return await takeDirLock(lock, records)
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === null) throw error
    return fail(
      "client_lock_unusable",
      `Claude Code's lock ${lock.path} can't be taken (${errno})`,
      isFull(errno)
        ? "make room on the disk, then run the command again"
        : `check the owner and permissions of ${dirname(lock.path)}, then run the command again`,
    )
  }
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

function timedOut(path: string): never {
  return fail(
    CLIENT_LOCK_TIMEOUT,
    `Claude Code has held its lock ${path} for too long`,
    `wait for it to end, or close it, then run the command again; if no Claude Code runs: rmdir ${path}`,
  )
}
