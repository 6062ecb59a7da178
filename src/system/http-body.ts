import { errnoOf } from "./errors.ts"

/** A reply's body as far as it has come: what a cut connection leaves behind. */
export type Received = { chunks: Uint8Array[]; bytes: number }

export function nothingYet(): Received {
  return { chunks: [], bytes: 0 }
}

/** Reads a body to its end into `received`; false when it is longer than `maxBytes`. */
export async function readBody(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
  received: Received,
): Promise<boolean> {
  if (body === null) return true
  const reader = body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return true
    received.chunks.push(value)
    received.bytes += value.byteLength
    if (received.bytes <= maxBytes) continue
    reader.cancel().catch(() => {})
    return false
  }
}

/**
 * Undoes a `Content-Encoding`, at most `maxBytes` of it, so that a bomb of a few kilobytes costs
 * no more than that. Ours to do because Bun 1.4.5 prints a line on stderr where it fails.
 */
export async function unpack(
  packed: Received,
  encoding: string,
  maxBytes: number,
): Promise<Received | "too_large" | "garbled"> {
  const word = encoding.trim().toLowerCase()
  if (word === "" || word === "identity") return packed
  const zlib = await import("node:zlib")
  const bytes = Buffer.concat(packed.chunks)
  const options = { maxOutputLength: maxBytes }
  const ways: Record<string, () => Buffer> = {
    gzip: () => zlib.gunzipSync(bytes, options),
    "x-gzip": () => zlib.gunzipSync(bytes, options),
    deflate: () => zlib.inflateSync(bytes, options),
    br: () => zlib.brotliDecompressSync(bytes, options),
    zstd: () => zlib.zstdDecompressSync(bytes, options),
  }
  const way = Object.hasOwn(ways, word) ? ways[word] : undefined
  if (way === undefined) return "garbled"
  try {
    const unpacked = way()
    return { chunks: [unpacked], bytes: unpacked.byteLength }
  } catch (error) {
    return errnoOf(error) === "ERR_BUFFER_TOO_LARGE" ? "too_large" : "garbled"
  }
}

/** The text so far; bytes that are no UTF-8 become U+FFFD. */
export function textOf(received: Received): string {
  return new TextDecoder("utf-8").decode(Buffer.concat(received.chunks))
}

/** True for one whole JSON object: it says itself where it ends, whatever became of its envelope. */
export function isWholeObject(text: string): boolean {
  if (!text.trimStart().startsWith("{")) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
