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

/** When the folder was made, epoch ms with its fraction; null without one, 0 where nobody knows. */
export function bornAt(path: string): number | null {
  return lstatSync(path, { throwIfNoEntry: false })?.birthtimeMs ?? null
}

/** When it was last touched, epoch ms; null without one. */
export function touchedAt(path: string): number | null {
  return lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null
}
