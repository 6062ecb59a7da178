import { dirname } from "node:path"
import { shellLine } from "../domain/shell-word.ts"
import { elapsed, sleep } from "../system/clock.ts"
import { type DirLock, type HeldDirLock, isDirLockLost, takeDirLock } from "../system/dir-lock.ts"
import { errnoOf, fail, isFull } from "../system/errors.ts"
import { CLIENT_LOCK_TIMEOUT } from "./target.ts"

const PAUSE_MS = 200

/** One try at a client's lock folders: those that are held now, or the one that is in the way. */
export type Attempt = { held: HeldDirLock[] } | { waitsFor: string }

/** A client that locks with folders, by its name for people, and how long aim waits for it. */
export type LockingClient = { name: string; waitMs: number }

/** Tries until the locks are held, and does `work` under them. Stops with `client_lock_timeout`. */
export async function underDirLocks<T>(
  client: LockingClient,
  take: () => Promise<Attempt>,
  work: () => Promise<T>,
): Promise<T> {
  const held = await waited(client, take)
  try {
    return await work()
  } finally {
    for (const lock of held.toReversed()) lock.release()
  }
}

/** As {@link underDirLocks} for one lock folder. */
export function underDirLock<T>(
  client: LockingClient,
  lock: DirLock,
  records: string,
  work: () => Promise<T>,
): Promise<T> {
  const take = async () => {
    const held = await takeOrFail(client, lock, records)
    return held === null ? { waitsFor: lock.path } : { held: [held] }
  }
  return underDirLocks(client, take, work)
}

/** Takes the lock folder if it is free, null when somebody has it; a full disk is said as such. */
export async function takeOrFail(
  { name }: LockingClient,
  lock: DirLock,
  records: string,
): Promise<HeldDirLock | null> {
  try {
    return await takeDirLock(lock, records)
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === null) throw error
    return fail(
      "client_lock_unusable",
      `${name}'s lock ${lock.path} can't be taken (${errno})`,
      isFull(errno)
        ? "make room on the disk, then run the command again"
        : `check the owner and permissions of ${dirname(lock.path)}, then run the command again`,
    )
  }
}

/** Stops with `client_lock_lost` where another program has taken one of our locks over. */
export function refuseLost(locks: readonly DirLock[]): void {
  const lost = locks.find(({ path }) => isDirLockLost(path))
  if (lost === undefined) return
  fail(
    "client_lock_lost",
    `another program took the lock ${lost.path} over while aim held it; nothing was written`,
    "aim was held up for too long (a sleeping machine?); run the command again",
  )
}

async function waited(
  { name, waitMs }: LockingClient,
  take: () => Promise<Attempt>,
): Promise<HeldDirLock[]> {
  const deadline = elapsed() + waitMs
  for (;;) {
    const attempt = await take()
    if ("held" in attempt) return attempt.held
    if (elapsed() >= deadline)
      return fail(
        CLIENT_LOCK_TIMEOUT,
        `${name} has held its lock ${attempt.waitsFor} for too long`,
        `wait for it to end, or close it, then run the command again; if no ${name} runs: ${shellLine(["rmdir", attempt.waitsFor])}`,
      )
    await sleep(PAUSE_MS)
  }
}
