import { printPiece } from "../system/print.ts"
import { stopCode, uncutFor } from "../system/signals.ts"
import type { Stream } from "./command.ts"
import { printFailure } from "./outcome.ts"

const PIECE_MS = 1000

/**
 * Prints a stream as it comes, while somebody reads it. What can't be written (a log on a full disk)
 * is said once and ends nothing: a watch goes on watching. A signal gives the exit code, and waits
 * `patienceMs` for a piece that is being written: nobody may read it.
 */
export async function printStream({ lines, exit }: Stream, patienceMs = PIECE_MS): Promise<number> {
  let failed = 0
  for await (const line of lines) {
    try {
      if (!(await uncutFor(patienceMs, () => printPiece(`${line}\n`)))) break
    } catch (error) {
      if (failed === 0) failed = printFailure(error, null)
    }
  }
  return stopCode() ?? (failed || (exit?.() ?? 0))
}
