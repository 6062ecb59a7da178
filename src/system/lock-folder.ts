import { type BigIntStats, lstatSync, rmdirSync } from "node:fs"
import { sleep } from "./clock.ts"
import { errnoOf } from "./errors.ts"
import { SECOND } from "./time.ts"

/** Claude Code 2.1.329 touches each of its locks within 7.5 s. */
const TOUCHED_WITHIN_MS = 8 * SECOND

/** Which folder stands at `path`: inode numbers are used again at once, the time of birth is not. */
export function markOf(path: string): BigIntStats | null {
  return lstatSync(path, { bigint: true, throwIfNoEntry: false }) ?? null
}

/**
 * Waits for as long as a holder leaves its lock untouched at most, ms; true when the folder is then
 * the one of `mark` still, and untouched. Its age says less: a holder may have slept with the
 * machine, or the clock may have been set.
 */
export async function isLeftAlone(
  path: string,
  mark: BigIntStats,
  forMs = TOUCHED_WITHIN_MS,
): Promise<boolean> {
  await sleep(forMs)
  const later = markOf(path)
  return later !== null && later.birthtimeNs === mark.birthtimeNs && later.mtimeNs === mark.mtimeNs
}

/** Removes a lock's folder; no error when it is gone. */
export function removeFolder(path: string): void {
  try {
    rmdirSync(path)
  } catch (error) {
    if (errnoOf(error) !== "ENOENT") throw error
  }
}

/** When the folder was made, epoch ms with its fraction; null without one, 0 where nobody knows. */
export function bornAt(path: string): number | null {
  return lstatSync(path, { throwIfNoEntry: false })?.birthtimeMs ?? null
}

/** When it was last touched, epoch ms; null without one. */
export function touchedAt(path: string): number | null {
  return lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null
}
