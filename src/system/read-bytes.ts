import { constants } from "node:fs"
import * as fs from "node:fs/promises"
import { errnoOf } from "./errors.ts"

export type FileBytes =
  | { kind: "absent" }
  | { kind: "bytes"; bytes: Uint8Array }
  /** `not_a_file`, `too_large`, or the system's error name. */
  | { kind: "unreadable"; why: string }

/**
 * Reads a file of any content whole, at most `maxBytes`; a pipe in its place does not hold it up.
 * Never throws.
 */
export async function readBytes(
  path: string,
  maxBytes = Number.POSITIVE_INFINITY,
): Promise<FileBytes> {
  try {
    const file = await fs.open(path, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const stat = await file.stat()
      if (!stat.isFile()) return { kind: "unreadable", why: "not_a_file" }
      if (stat.size > maxBytes) return { kind: "unreadable", why: "too_large" }
      return { kind: "bytes", bytes: await file.readFile() }
    } finally {
      await file.close()
    }
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === "ENOENT" || errno === "ENOTDIR") return { kind: "absent" }
    return { kind: "unreadable", why: errno ?? "unreadable" }
  }
}
