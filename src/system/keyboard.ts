import { sleep } from "./clock.ts"
import { decodeKey, isOpenPaste, type Key } from "./decode-key.ts"
import { writeError } from "./print.ts"
import { beforeEnd } from "./signals.ts"
import { inputEnded, moreInput, setRawInput, takeInput, untakenInput } from "./standard-input.ts"

/** A lone Esc is one when nothing has followed for so long; sequences may be split over reads. */
const ESCAPE_WAIT_MS = 100
const PASTE_WAIT_MS = 1_000
/** So long a signal to ourselves may be on its way. */
const SIGNAL_WAIT_MS = 100

/** Pastes arrive between brackets, so that no letter of one is taken for a key. */
const BRACKETS_ON = "\u001b[?2004h"
const BRACKETS_OFF = "\u001b[?2004l"

/** The next key; `redraw` also when the screen was resized or aim came back from the background. */
export type NextKey = () => Promise<Key>

/**
 * Lends the keyboard of a terminal to `work`, key by key and without echo; the terminal is as it
 * was on every way out. Ctrl-C is the signal it always is, ctrl-Z stops aim and its whole job, and
 * neither reaches `work`; `leave` is told before, to put the cursor behind the picture. At the end of
 * the input and once `signal` aborts, every key is `end_of_input`.
 */
export async function withKeyboard<T>(
  work: (next: NextKey) => Promise<T>,
  { leave, signal }: { leave: () => void; signal: AbortSignal },
): Promise<T> {
  let isOpen = false
  let shouldRedraw = false
  let stirred = new AbortController()
  const open = () => {
    if (isOpen) return
    isOpen = true
    setRawInput(true)
    writeError(BRACKETS_ON)
  }
  const close = () => {
    if (!isOpen) return
    isOpen = false
    writeError(BRACKETS_OFF)
    setRawInput(false)
  }
  const stir = () => {
    shouldRedraw = true
    stirred.abort()
  }
  /** Somebody else may have changed the mode while we were stopped. */
  const wakeUp = () => {
    close()
    open()
    stir()
  }
  const end = () => {
    if (isOpen) leave()
    close()
  }
  /** The whole job gets the signal, as from the terminal's own key. */
  const raise = async (name: "SIGINT" | "SIGTSTP") => {
    end()
    process.kill(0, name)
    await sleep(SIGNAL_WAIT_MS)
    open()
    shouldRedraw = true
  }
  const next: NextKey = async () => {
    for (;;) {
      if (shouldRedraw) {
        shouldRedraw = false
        return { kind: "redraw" }
      }
      stirred = new AbortController()
      const key = await readKey(AbortSignal.any([signal, stirred.signal]))
      if (key === null) {
        if (shouldRedraw) continue
        return { kind: "end_of_input" }
      }
      if (key.kind === "interrupt") await raise("SIGINT")
      else if (key.kind === "suspend") await raise("SIGTSTP")
      else return key
    }
  }
  const forget = beforeEnd(end)
  process.on("SIGWINCH", stir)
  process.on("SIGCONT", wakeUp)
  try {
    open()
    return await work(next)
  } finally {
    process.off("SIGWINCH", stir)
    process.off("SIGCONT", wakeUp)
    forget()
    close()
  }
}

/** Null at the end of the input, and when `signal` aborted first. */
async function readKey(signal: AbortSignal): Promise<Key | null> {
  let complete = false
  while (!signal.aborted) {
    const bytes = untakenInput()
    if (bytes.byteLength > 0) {
      const decoded = decodeKey(bytes, complete || inputEnded())
      if (decoded !== "wait") {
        takeInput(decoded.length)
        complete = false
        if (decoded.key !== null) return decoded.key
        continue
      }
      const patience = isOpenPaste(bytes) ? PASTE_WAIT_MS : ESCAPE_WAIT_MS
      await moreInput(AbortSignal.any([signal, AbortSignal.timeout(patience)]))
      complete = untakenInput().byteLength === bytes.byteLength && !signal.aborted
    } else if (inputEnded()) return null
    else await moreInput(signal)
  }
  return null
}
