import * as fs from "node:fs/promises"
import { errnoOf } from "./errors.ts"
import { Secret } from "./secret.ts"

const MAX_BYTES = 64 * 1024
const LINE_FEED = 10

/** `not_utf8`, `too_long`, or the system's error name. */
export type NoLine = { kind: "unreadable"; why: string }

/**
 * The first line of a file, without its end, as a secret. A pipe or an open descriptor
 * (`/dev/fd/3`) is as good as a file: it is read until its first line has come. Never throws.
 */
export async function readFirstLine(path: string): Promise<Secret | NoLine> {
  try {
    const file = await fs.open(path, "r")
    try {
      const read = Buffer.alloc(MAX_BYTES)
      let length = 0
      while (length < MAX_BYTES && read.subarray(0, length).indexOf(LINE_FEED) < 0) {
        const { bytesRead } = await file.read(read, length, MAX_BYTES - length, null)
        if (bytesRead === 0) return lineIn(read.subarray(0, length))
        length += bytesRead
      }
      const end = read.subarray(0, length).indexOf(LINE_FEED)
      return end < 0 ? { kind: "unreadable", why: "too_long" } : lineIn(read.subarray(0, end))
    } finally {
      await file.close()
    }
  } catch (error) {
    if (error instanceof TypeError) return { kind: "unreadable", why: "not_utf8" }
    return { kind: "unreadable", why: errnoOf(error) ?? "unreadable" }
  }
}

function lineIn(bytes: Uint8Array): Secret {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  return new Secret(text.replace(/\r$/, ""))
}
