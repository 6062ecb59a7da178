/**
 * What was typed and is not yet taken. Readers of every kind, by lines or by keys, stand on this one
 * store, one after the other: what one of them has no use for is there for the next.
 */
let waiting: Uint8Array = new Uint8Array(0)
let ended = false
let wake: (() => void) | null = null
let listening = false

/** The bytes that nobody has taken yet. */
export function untakenInput(): Uint8Array {
  return waiting
}

/** Takes the first `count` of the untaken bytes. */
export function takeInput(count: number): void {
  waiting = waiting.subarray(count)
}

/** True when nothing follows the untaken bytes. */
export function inputEnded(): boolean {
  return ended
}

/**
 * Resolves when there are more bytes than before, at the end of the input, and when `signal` aborts.
 * Standard input is read only as long as somebody waits here: what comes later is left to the
 * kernel, and to the program that follows.
 */
export function moreInput(signal: AbortSignal): Promise<void> {
  if (ended || signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      signal.removeEventListener("abort", done)
      wake = null
      process.stdin.pause()
      process.stdin.unref?.()
      resolve()
    }
    wake = done
    signal.addEventListener("abort", done)
    listen()
    process.stdin.ref?.()
    process.stdin.resume()
  })
}

/** Keys one by one and without echo, or lines that the kernel edits; the mode of the terminal. */
export function setRawInput(raw: boolean): void {
  process.stdin.setRawMode?.(raw)
}

function listen(): void {
  if (listening) return
  listening = true
  process.stdin.on("data", (chunk: Uint8Array) => {
    waiting = waiting.byteLength === 0 ? new Uint8Array(chunk) : Buffer.concat([waiting, chunk])
    wake?.()
  })
  const end = () => {
    ended = true
    wake?.()
  }
  process.stdin.on("end", end)
  // A terminal that was closed answers with EIO.
  process.stdin.on("error", end)
}
