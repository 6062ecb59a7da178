import { Database } from "bun:sqlite"
import { createPrivateFile, setAside } from "../system/files.ts"
import { closeHandle, type Handle, hasMoved, openFile, waitAtMost } from "./database.ts"
import { failureOf } from "./failure.ts"

/** A usable ledger, and the new name of the broken one if it was set aside here. */
export type Mended = { handle: Handle; aside: string | null }

/**
 * Sets a broken ledger aside as `<file>.<suffix>` and begins a new one, unless another process has
 * done so already. `suspect` is the open ledger that was found broken; null when it could not even
 * be opened. Closes it, and throws what {@link failureOf} sorts.
 */
export function mend(
  file: string,
  suspect: Handle | null,
  options: { suffix: string; waitMs: number },
): Mended {
  return alone(file, options.waitMs, () => {
    const stillThere = suspect !== null && isInPlace(suspect)
    if (suspect !== null) closeQuietly(suspect)
    const mended = stillThere ? null : openIfSound(file, options.waitMs)
    if (mended !== null) return { handle: mended, aside: null }
    const aside = setAsideAll(file, options.suffix)
    return { handle: openFile(file, options.waitMs, false), aside }
  })
}

/**
 * One process mends at a time: a second one would set the first one's new ledger aside. The lock is
 * a transaction on a file of its own, which stays behind, empty.
 */
function alone<T>(file: string, waitMs: number, work: () => T): T {
  const lock = `${file}.mend`
  createPrivateFile(lock)
  const database = new Database(lock, { readwrite: true, create: false })
  try {
    waitAtMost(database, waitMs)
    database.run("begin exclusive")
    return work()
  } finally {
    database.close()
  }
}

/**
 * Renames a broken ledger and gives its new name. Its companions go first: a new ledger must never
 * find the old one's `-wal` beside it.
 */
function setAsideAll(file: string, suffix: string): string | null {
  setAside(`${file}-wal`, suffix)
  setAside(`${file}-shm`, suffix)
  return setAside(file, suffix)
}

function openIfSound(file: string, waitMs: number): Handle | null {
  try {
    return openFile(file, waitMs, false)
  } catch (error) {
    if (failureOf(error) === "broken") return null
    throw error
  }
}

function isInPlace(handle: Handle): boolean {
  try {
    return !hasMoved(handle)
  } catch {
    return false
  }
}

function closeQuietly(handle: Handle): void {
  try {
    closeHandle(handle)
  } catch {
    // What is broken may refuse even this; its file is renamed all the same.
  }
}
