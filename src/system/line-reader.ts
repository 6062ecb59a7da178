import { inputEnded, moreInput, takeInput, untakenInput } from "./standard-input.ts"

/** Gives the next line of standard input; null when it ended, or when `signal` aborted first. */
export type LineReader = (signal: AbortSignal) => Promise<string | null>

const LINE_FEED = 10
const CARRIAGE_RETURN = 13

/**
 * Reads standard input by lines, as long as somebody asks. A terminal stays in its ordinary mode, so
 * that ctrl-C is a signal; a line that nobody asks for any more is left unread.
 */
export const readLine: LineReader = async (signal) => {
  while (!signal.aborted) {
    const bytes = untakenInput()
    const end = bytes.findIndex((byte) => byte === LINE_FEED || byte === CARRIAGE_RETURN)
    if (end >= 0) {
      takeInput(end + (bytes[end] === CARRIAGE_RETURN && bytes[end + 1] === LINE_FEED ? 2 : 1))
      return new TextDecoder().decode(bytes.subarray(0, end))
    }
    if (inputEnded()) {
      takeInput(bytes.byteLength)
      return bytes.byteLength === 0 ? null : new TextDecoder().decode(bytes)
    }
    await moreInput(signal)
  }
  return null
}
