import { failUsage } from "../system/errors.ts"
import { unseal } from "../system/secret.ts"
import { terminal } from "../system/terminal.ts"
import type { Stream } from "./command.ts"

/** Stops where what is about to be printed, logins among it, would stand on somebody's screen. */
export function refuseTerminal(): void {
  if (!terminal().stdoutIsTerminal) return
  failUsage(
    "stdout_is_terminal",
    "this prints logins, and only into a pipe",
    "it is what another aim calls over ssh; nothing is to be typed here",
  )
}

/** A document with its logins open, for the aim at the other end of a pipe. */
async function* openDocument(document: object): AsyncGenerator<string> {
  yield JSON.stringify(unseal(document))
}

/** A document as a command streams it: in one line. */
export function streamOf(document: object): Stream {
  return { lines: openDocument(document) }
}
