import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs"
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
 * Reads a text file whole, at most `maxBytes`; a pipe in its place does not hold it up. Never throws
 * for what the file or the disk is: every such case is a value that the caller can name to the user.
 * Reads at once: a status looks for twenty small files, and each would wait for a thread four times.
 */
export async function readText(path: string, maxBytes: number): Promise<FileText> {
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      return textIn(file, maxBytes)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    if (error instanceof TypeError) return { kind: "unreadable", why: "not_utf8" }
    const errno = errnoOf(error)
    if (errno === "ENOENT" || errno === "ENOTDIR") return { kind: "absent" }
    return { kind: "unreadable", why: errno ?? "unreadable" }
  }
}

function textIn(file: number, maxBytes: number): FileText {
  const stat = fstatSync(file)
  if (!stat.isFile()) return { kind: "unreadable", why: "not_a_file" }
  if (stat.size > maxBytes) return { kind: "unreadable", why: "too_large" }
  const bytes = readFileSync(file)
  if (bytes.byteLength > maxBytes) return { kind: "unreadable", why: "too_large" }
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
  return { kind: "text", text, stamp: sha256(bytes), mode: stat.mode & 0o777 }
}
