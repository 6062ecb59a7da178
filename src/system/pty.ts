import { errnoOf } from "./errors.ts"

/** What a program finds out about the terminal that it is given. */
export type Screen = { columns: number; color: boolean; unicode: boolean }

/** `code` is 128 + n after signal n, 127 when there is no such program or no terminal to give. */
export type Shown = { code: number; text: string }

const ROWS = 50
const NOT_STARTED = 127

/**
 * Runs a program to its end in a pseudo-terminal and gives what a person would have seen, line
 * ends as `\n`. Nobody types: the program finds a silent keyboard. An abort sends it SIGTERM, and
 * its end is waited for all the same.
 */
export async function runOnTerminal(
  argv: readonly string[],
  options: {
    /** The program's whole environment. */
    env: Readonly<Record<string, string>>
    cwd: string
    screen: Screen
    signal: AbortSignal
  },
): Promise<Shown> {
  const { env, cwd, screen, signal } = options
  const chunks: Uint8Array[] = []
  const closed = Promise.withResolvers<void>()
  try {
    const child = Bun.spawn([...argv], {
      env: { ...env, ...screenVariables(screen) },
      cwd,
      terminal: {
        cols: screen.columns,
        rows: ROWS,
        // Bun reuses the buffer that it hands over.
        data: (_terminal, bytes) => chunks.push(bytes.slice()),
        exit: () => closed.resolve(),
      },
    })
    const stop = () => child.kill("SIGTERM")
    signal.addEventListener("abort", stop, { once: true })
    if (signal.aborted) stop()
    const code = await child.exited
    signal.removeEventListener("abort", stop)
    await closed.promise
    child.terminal?.close()
    return { code, text: textOf(chunks) }
  } catch (error) {
    if (errnoOf(error) === null) throw error
    return { code: NOT_STARTED, text: "" }
  }
}

function screenVariables({ columns, color, unicode }: Screen): Record<string, string> {
  return {
    TERM: "xterm-256color",
    COLUMNS: String(columns),
    LC_ALL: unicode ? "C.UTF-8" : "C",
    ...(color ? {} : { NO_COLOR: "1" }),
  }
}

function textOf(chunks: readonly Uint8Array[]): string {
  return new TextDecoder().decode(Buffer.concat(chunks)).replaceAll("\r\n", "\n")
}
