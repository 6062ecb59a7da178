import { write, writeSync } from "node:fs"
import { errnoOf, fail, isFull } from "./errors.ts"

/** The code of the problem that {@link printOut} stops with. */
export const OUTPUT_UNWRITABLE = "output_unwritable"
const WAIT_MS = 5

/**
 * Writes text to stdout, whole and at once. Not `console.log`, which says nothing when the disk
 * behind stdout is full (Bun 1.4.5): a script would go on with half a document and exit code 0.
 * A reader that went away, and a closed stdout, are no errors.
 */
export function printOut(text: string): void {
  judge(writeWhole(1, text))
}

/**
 * Writes a piece of an endless output to stdout as {@link printOut} does, but waits for a reader that
 * does not read in a thread of its own: signals are heard meanwhile. False when the reader has gone,
 * so that nobody needs the next piece.
 */
export async function printPiece(text: string): Promise<boolean> {
  let rest: Uint8Array = new TextEncoder().encode(text)
  let errno: string | null = null
  while (rest.byteLength > 0 && errno === null) {
    const step = await new Promise<number | Error>((resolve) =>
      write(1, rest, (error, written) => resolve(error ?? written)),
    )
    if (typeof step === "number") rest = rest.subarray(step)
    else if (errnoOf(step) === "EAGAIN") await Bun.sleep(WAIT_MS)
    else errno = errnoOf(step) ?? "unknown error"
  }
  judge(errno)
  return errno !== "EPIPE"
}

function judge(errno: string | null): void {
  if (errno === null || errno === "EPIPE" || errno === "EBADF") return
  fail(
    OUTPUT_UNWRITABLE,
    `the output can't be written (${errno})`,
    `what the command has changed stands; ${isFull(errno) ? "make room" : "look"} where stdout leads`,
  )
}

/**
 * Writes lines to stderr, whole and at once. Not `console.error`, which paints everything red on
 * a terminal (Bun 1.4.5), and not `process.stderr`, which costs 20 ms. No failure is one here.
 */
export function printError(lines: readonly string[]): void {
  writeError(`${lines.join("\n")}\n`)
}

/** Writes text to stderr as it stands: a question, or a picture on the screen. */
export function writeError(text: string): void {
  writeWhole(2, text)
}

/** Waits for a full pipe. Gives the system's word for what stopped it, or null. */
function writeWhole(fd: number, text: string): string | null {
  let rest: Uint8Array = new TextEncoder().encode(text)
  while (rest.byteLength > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest))
    } catch (error) {
      const errno = errnoOf(error) ?? "unknown error"
      if (errno !== "EAGAIN") return errno
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS)
    }
  }
  return null
}
