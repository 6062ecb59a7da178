import { constants } from "node:fs"
import * as fs from "node:fs/promises"
import { errnoOf } from "./errors.ts"
import { sha256 } from "./hash.ts"

export type FileText =
  | { kind: "absent" }
  | {
      kind: "text"
      text: string /** SHA-256 of the bytes: changes whenever the file does. */
      stamp: string
      mode: number
    }
  /** `too_large`, `not_a_file`, `not_utf8`, or the system's error name. */
  | { kind: "unreadable"; why: string }

/**
 * Reads a text file whole, at most `maxBytes`; a pipe in its place does not hold it up. Never throws for what the file or the disk is:
 * every such case is a value that the caller can name to the user.
 */
export async function readText(path: string, maxBytes: number): Promise<FileText> {
  try {
    const file = await fs.open(path, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const stat = await file.stat()
      if (!stat.isFile()) return { kind: "unreadable", why: "not_a_file" }
      if (stat.size > maxBytes) return { kind: "unreadable", why: "too_large" }
      const bytes = await file.readFile()
      if (bytes.byteLength > maxBytes) return { kind: "unreadable", why: "too_large" }
      const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
      return { kind: "text", text, stamp: sha256(bytes), mode: stat.mode & 0o777 }
    } finally {
      await file.close()
    }
  } catch (error) {
    if (error instanceof TypeError) return { kind: "unreadable", why: "not_utf8" }
    const errno = errnoOf(error)
    if (errno === "ENOENT" || errno === "ENOTDIR") return { kind: "absent" }
    return { kind: "unreadable", why: errno ?? "unreadable" }
  }
}
