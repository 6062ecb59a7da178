import { closeSync, constants, openSync } from "node:fs"
import { cLibraries } from "./c-library.ts"
import { elapsed, sleep } from "./clock.ts"
import { errnoOf, fail } from "./errors.ts"
import { faultPoint } from "./faults.ts"
import { createPrivateFile } from "./files.ts"
import { SECOND } from "./time.ts"
import { within } from "./time-limit.ts"

const RETRY_MS = 20
const WAIT_MS = 15 * SECOND

export type FlockOptions = {
  /** The pause between two tries, ms. */
  nonBlockingRetryMs?: number
  /** How long to wait before giving up, ms. */
  waitMs?: number
  /** Which way to take: `child` stands in for a process that may not use FFI. For tests. */
  way?: "ffi" | "child"
}

/** Lets the lock go. */
type Release = () => Promise<void>

/**
 * Holds an exclusive `flock` on a client's lock file for the time of `work`, as Codex 0.169.0 and
 * Hermes take theirs. The file is made 0600 if it is not there, and stays. The event loop never
 * stands still. The kernel frees the lock when this process dies. Stops with
 * `client_lock_timeout` when the client keeps it longer than `waitMs`, and with
 * `client_lock_unusable` when the file can't be opened or no way of locking works here.
 */
export async function withFlock<T>(
  path: string,
  options: FlockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const release = await acquire(path, options)
  try {
    return await work()
  } finally {
    await release()
  }
}

async function acquire(path: string, options: FlockOptions): Promise<Release> {
  const deadline = elapsed() + (options.waitMs ?? WAIT_MS)
  faultPoint("flock", path)
  const flock = options.way === "child" ? null : await systemFlock()
  if (flock === null) return acquireByChild(path, deadline)
  for (;;) {
    // Opened anew each time: a lock on a file that was replaced meanwhile would bind nobody.
    const file = openLockFile(path)
    if (flock(file)) return async () => closeSync(file)
    closeSync(file)
    if (elapsed() >= deadline) return lockTimeout(path)
    await sleep(options.nonBlockingRetryMs ?? RETRY_MS)
  }
}

/**
 * For processes that may not make code at run time (systemd's MemoryDenyWriteExecute stops FFI):
 * a child holds the lock. `cat` gives the word back once `flock(1)` has it, and ends with our pipe.
 */
async function acquireByChild(path: string, deadline: number): Promise<Release> {
  closeSync(openLockFile(path))
  const { spawnHolder } = await import("./flock-child.ts")
  const holder = spawnHolder(path)
  if (holder === null) return unusable(path, "neither FFI nor `flock(1)` can be used here")
  const held = await within(deadline - elapsed(), holder.held)
  if (held.inTime && held.value) return holder.release
  await holder.release()
  return held.inTime ? unusable(path, "`flock(1)` failed") : lockTimeout(path)
}

let loaded: Promise<((file: number) => boolean) | null> | null = null

/** The C library's `flock(file, LOCK_EX | LOCK_NB)`; null where it can't be called. */
function systemFlock(): Promise<((file: number) => boolean) | null> {
  loaded ??= loadFlock()
  return loaded
}

async function loadFlock(): Promise<((file: number) => boolean) | null> {
  for (const library of cLibraries()) {
    try {
      const { dlopen } = await import("bun:ffi")
      const { symbols } = dlopen(library, { flock: { args: ["i32", "i32"], returns: "i32" } })
      return (file) => symbols.flock(file, LOCK_EX | LOCK_NB) === 0
    } catch {
      // The next name, and in the end the child.
    }
  }
  return null
}

const LOCK_EX = 2
const LOCK_NB = 4

function openLockFile(path: string): number {
  try {
    createPrivateFile(path)
    return openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600)
  } catch (error) {
    return unusable(path, errnoOf(error) ?? "it can't be opened")
  }
}

function lockTimeout(path: string): never {
  return fail(
    "client_lock_timeout",
    `another process has held the lock ${path} for too long`,
    "close the client that uses this home, then run the command again",
  )
}

function unusable(path: string, why: string): never {
  return fail(
    "client_lock_unusable",
    `the lock file ${path} can't be used: ${why}`,
    "check the permissions of its folder",
  )
}
