import { errnoOf } from "./errors.ts"
import { within } from "./time-limit.ts"

export type ChildOptions = {
  /** The child's whole environment; absent: ours. */
  env?: Readonly<Record<string, string | undefined>>
  cwd?: string
  /** What it reads; absent: nothing. Secrets go this way, never through argv. */
  stdin?: string
  /** When the child is killed, ms; absent: never. */
  timeoutMs?: number
  /** How much it may print to stdout, and to stderr, before it is killed; absent: no limit. */
  maxBytes?: number
}

/** `code` is 128 + n after signal n, 127 when there is no such program, 126 when it can't be run. */
export type ChildResult = {
  code: number
  stdout: string
  stderr: string
  timedOut: boolean
  /** It was killed because it printed too much. */
  tooMuch: boolean
  /** What it printed to stdout is no UTF-8, and not what `stdout` shows. */
  garbled: boolean
}

const NOT_FOUND = 127
const NOT_EXECUTABLE = 126
/** How long what a dead child left in its pipes may take; its own children may hold them open. */
const DRAIN_MS = 2_000
/** The longest time a timer can be set to. */
const FOREVER_MS = 2 ** 31 - 1

/**
 * Runs a program to its end and gives what it printed. Never throws for what the program is or
 * does. A program that it started itself and that lives on is not waited for.
 */
export async function runChild(
  argv: readonly string[],
  options: ChildOptions = {},
): Promise<ChildResult> {
  const child = start(argv, options)
  const nothing = { stdout: "", stderr: "", timedOut: false, tooMuch: false, garbled: false }
  if (typeof child === "number") return { ...nothing, code: child }
  const limit = options.maxBytes ?? Number.POSITIVE_INFINITY
  const stop = () => child.kill("SIGKILL")
  const [stdout, stderr] = [collect(child.stdout, limit, stop), collect(child.stderr, limit, stop)]
  const ended = await within(options.timeoutMs ?? FOREVER_MS, child.exited)
  if (!ended.inTime) child.kill("SIGKILL")
  const code = await child.exited
  await within(DRAIN_MS, Promise.all([stdout.done, stderr.done]))
  const [out, err] = [stdout.end(), stderr.end()]
  return {
    code,
    stdout: out.text,
    stderr: err.text,
    timedOut: !ended.inTime,
    tooMuch: out.tooMuch || err.tooMuch,
    garbled: out.garbled,
  }
}

/** The program that is running: of a compiled aim, aim itself. */
export function selfPath(): string {
  return process.execPath
}

function start(argv: readonly string[], options: ChildOptions) {
  try {
    return Bun.spawn([...argv], {
      env: { ...(options.env ?? process.env) },
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      stdin: options.stdin === undefined ? "ignore" : Buffer.from(options.stdin),
      stdout: "pipe",
      stderr: "pipe",
    })
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === null) throw error
    return errno === "ENOENT" ? NOT_FOUND : NOT_EXECUTABLE
  }
}

/** Reads on in the background, so that what came before a kill is there; no more than `limit`. */
function collect(stream: ReadableStream<Uint8Array>, limit: number, stop: () => void) {
  const reader = stream.getReader()
  const chunks: Uint8Array[] = []
  let left = limit
  const read = async () => {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      left -= value.byteLength
      if (left < 0) return stop()
      chunks.push(value)
    }
  }
  return {
    done: read().catch(() => {}),
    end: () => {
      reader.cancel().catch(() => {})
      return { ...decoded(Buffer.concat(chunks)), tooMuch: left < 0 }
    },
  }
}

function decoded(bytes: Uint8Array): { text: string; garbled: boolean } {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), garbled: false }
  } catch {
    return { text: new TextDecoder().decode(bytes), garbled: true }
  }
}
