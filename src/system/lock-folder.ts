import { type BigIntStats, lstatSync, rmdirSync } from "node:fs"
import { errnoOf } from "./errors.ts"

/** Which folder stands at `path`: inode numbers are used again at once, the time of birth is not. */
export function markOf(path: string): BigIntStats | null {
  return lstatSync(path, { bigint: true, throwIfNoEntry: false }) ?? null
}

/** Removes a lock's folder; no error when it is gone. */
export function removeFolder(path: string): void {
  try {
    rmdirSync(path)
  } catch (error) {
    if (errnoOf(error) !== "ENOENT") throw error
  }
}
