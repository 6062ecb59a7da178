import type { World } from "../../support/world.ts"
import { binaryPath, cleanEnv } from "./run-aim.ts"
import type { TickDocument } from "./tick.ts"

/** One line of a piped loop. */
export type LoopLine = Partial<Pick<TickDocument, "watched">> & {
  ok: boolean
  error?: { code: string; message: string; hint?: string }
}

/** A loop of the compiled binary behind a pipe. It is killed when it is disposed of. */
export type WatchRun = AsyncDisposable & {
  pid: number
  /** The lines so far. */
  lines: () => LoopLine[]
  /** Waits until there are so many lines and gives the last of them. */
  line: (count: number) => Promise<LoopLine>
  /** Waits until this word stands on stderr. */
  says: (word: string) => Promise<void>
  kill: (signal: NodeJS.Signals) => void
  /** Waits for its end. `signal` is the one that it died of, null where it came to its own end. */
  ended: () => Promise<{ code: number; signal: string | number | null; stderr: string }>
}

type Options = { binary?: "release" | "faults"; env?: Record<string, string> }

/** Starts `aim <args>`, such as `codex watch --interval-seconds 1`. */
export function startWatch(world: World, args: string, options: Options = {}): WatchRun {
  const child = Bun.spawn([binaryPath(options.binary ?? "release"), ...args.split(" ")], {
    cwd: world.home,
    env: { ...cleanEnv(world.home), ...world.env, ...options.env },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  })
  let text = ""
  const read = (async () => {
    const decoder = new TextDecoder()
    for await (const chunk of child.stdout) text += decoder.decode(chunk, { stream: true })
  })()
  let complaint = ""
  const readErrors = (async () => {
    const decoder = new TextDecoder()
    for await (const chunk of child.stderr) complaint += decoder.decode(chunk, { stream: true })
  })()
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  const stopped = async (instead: string) => {
    await readErrors
    return new Error(`aim ${args} ended ${instead}: ${complaint}`)
  }
  const lines = () =>
    text
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as LoopLine)
  return {
    pid: child.pid,
    lines,
    line: async (count) => {
      for (;;) {
        const found = lines()[count - 1]
        if (found !== undefined) return found
        if (hasEnded()) throw await stopped(`after ${lines().length} lines`)
        await Bun.sleep(20)
      }
    },
    says: async (word) => {
      while (!complaint.includes(word)) {
        if (hasEnded()) throw await stopped(`without saying ${word}`)
        await Bun.sleep(20)
      }
    },
    kill: (signal) => child.kill(signal),
    ended: async () => {
      const code = await child.exited
      await Promise.all([read, readErrors])
      return { code, signal: child.signalCode, stderr: complaint }
    },
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL")
      await child.exited
    },
  }
}
