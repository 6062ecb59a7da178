import { Database } from "bun:sqlite"
import { dirname, join } from "node:path"
import { elapsed, sleep } from "./clock.ts"
import { errnoOf, fail, isFull } from "./errors.ts"
import { createPrivateFile, ensurePrivateDir } from "./files.ts"

/** The code of the problem that {@link withLock} stops with. */
export const LOCK_TIMEOUT = "lock_timeout"

const FIRST_PAUSE_MS = 5
const LONGEST_PAUSE_MS = 60
const DEFAULT_WAIT_MS = 25_000

/** Within a process a lock is first a queue: the last holder's end, by lock file. */
const queues = new Map<string, Promise<void>>()

export type LockOptions = {
  /** How long to wait before giving up, ms. */
  waitMs?: number
}

/**
 * Holds the lock `name` in the folder `locks` for the time of `work`: an exclusive SQLite
 * transaction on a tiny file, freed by the kernel when its process dies, never stale. Nothing
 * else may ever open that file: closing it anywhere in this process would drop the lock.
 * Stops with `lock_timeout` when another process keeps it longer than `waitMs`.
 */
export async function withLock<T>(
  locks: string,
  name: string,
  work: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  const file = join(locks, `${name}.db`)
  return queued(file, async () => {
    const database = await acquire(locks, file, options.waitMs ?? DEFAULT_WAIT_MS)
    if (database === null) return lockTimeout(name)
    try {
      return await work()
    } finally {
      release(database)
    }
  })
}

/** As {@link withLock}, but resolves to `{held: false}` at once when another process has it. */
export async function tryLock<T>(
  locks: string,
  name: string,
  work: () => Promise<T>,
): Promise<{ held: true; value: T } | { held: false }> {
  const file = join(locks, `${name}.db`)
  return queued(file, async () => {
    const database = await acquire(locks, file, 0)
    if (database === null) return { held: false }
    try {
      return { held: true, value: await work() }
    } finally {
      release(database)
    }
  })
}

/**
 * As {@link tryLock}, for a lock that is held until `release` or this process's end; null when
 * another has it.
 */
export async function holdLock(
  locks: string,
  name: string,
): Promise<{ release: () => void } | null> {
  const taken = Promise.withResolvers<boolean>()
  const over = Promise.withResolvers<void>()
  tryLock(locks, name, () => {
    taken.resolve(true)
    return over.promise
  }).then(({ held }) => taken.resolve(held), taken.reject)
  return (await taken.promise) ? { release: over.resolve } : null
}

async function queued<T>(file: string, turn: () => Promise<T>): Promise<T> {
  const before = queues.get(file) ?? Promise.resolve()
  const mine = before.then(turn)
  const done = mine.then(
    () => {},
    () => {},
  )
  queues.set(file, done)
  try {
    return await mine
  } finally {
    if (queues.get(file) === done) queues.delete(file)
  }
}

/** An open exclusive transaction, or null when the wait is over. Never blocks the event loop. */
async function acquire(locks: string, file: string, waitMs: number): Promise<Database | null> {
  await prepare(locks, file)
  const database = new Database(file, { readwrite: true, create: false })
  const deadline = elapsed() + waitMs
  let pause = FIRST_PAUSE_MS
  try {
    database.run("pragma busy_timeout = 0")
    while (!begin(database, file)) {
      if (elapsed() >= deadline) {
        database.close()
        return null
      }
      await sleep(pause)
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
    }
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** The folder and the empty file that the lock is taken on. */
async function prepare(locks: string, file: string): Promise<void> {
  try {
    await ensurePrivateDir(locks)
    createPrivateFile(file)
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === null) throw error
    fail(
      "state_unwritable",
      `the lock file ${file} can't be made (${errno})`,
      isFull(errno)
        ? "make room on the disk, then run the command again"
        : `check the owner and permissions of ${locks} and of the folders above it`,
    )
  }
}

function begin(database: Database, file: string): boolean {
  try {
    database.run("begin exclusive")
    return true
  } catch (error) {
    const text = String((error as { code?: unknown }).code ?? "")
    if (text.startsWith("SQLITE_BUSY") || text.startsWith("SQLITE_LOCKED")) return false
    return fail(
      "lock_unusable",
      `the lock file ${file} can't be used (${text || "unknown error"})`,
      `check the disk and the permissions of ${dirname(file)}; the files there hold nothing and may be removed while no aim runs`,
    )
  }
}

function release(database: Database): void {
  try {
    database.run("rollback")
  } finally {
    database.close()
  }
}

function lockTimeout(name: string): never {
  return fail(
    LOCK_TIMEOUT,
    `another aim has held the lock \`${name}\` for too long`,
    "wait for it to end, or look for a stuck aim process, then run the command again",
  )
}
