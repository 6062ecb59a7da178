/** Gives the next line of standard input; null when it ended, or when `signal` aborted first. */
export type LineReader = (signal: AbortSignal) => Promise<string | null>

/**
 * Reads standard input by lines, as long as somebody asks. A terminal stays in its ordinary mode, so
 * that ctrl-C is a signal and a long paste can be edited; a line that nobody asks for any more is
 * left unread.
 */
export function lineReader(): LineReader {
  const waiting: ((line: string | null) => void)[] = []
  const lines: string[] = []
  let started = false
  let ended = false

  const start = async () => {
    started = true
    const { createInterface } = await import("node:readline")
    const reader = createInterface({ input: process.stdin, terminal: false })
    reader.on("line", (line) => {
      const next = waiting.shift()
      if (next === undefined) lines.push(line)
      else next(line)
    })
    reader.on("close", () => {
      ended = true
      for (const next of waiting.splice(0)) next(null)
    })
  }

  return async (signal) => {
    if (signal.aborted) return null
    if (!started) await start()
    const ready = lines.shift()
    if (ready !== undefined) return ready
    if (ended) return null
    return new Promise((resolve) => {
      waiting.push(resolve)
      signal.addEventListener("abort", () => {
        process.stdin.pause()
        process.stdin.unref?.()
        resolve(null)
      })
    })
  }
}
