import { binaryPath, cleanEnv } from "./run-aim.ts"

export type Screen = {
  code: number
  /** What stood on the screen, colours taken out, a line an item, without the last empty one. */
  lines: string[]
}

/**
 * Runs the compiled aim behind a pseudo-terminal of 100 columns, as a person would; `typed` is
 * entered as soon as a question stands there.
 */
export async function atTerminal(
  args: string,
  options: { home: string; env?: Record<string, string>; typed?: string },
): Promise<Screen> {
  // One for all pieces: a character may come in two.
  const decoder = new TextDecoder()
  let screen = ""
  let asked = false
  const child = Bun.spawn([binaryPath("release"), ...args.split(" ")], {
    cwd: options.home,
    env: { ...cleanEnv(options.home), TERM: "xterm", ...options.env },
    timeout: 180_000,
    terminal: {
      cols: 100,
      rows: 60,
      data: (terminal, bytes) => {
        screen += decoder.decode(bytes, { stream: true })
        if (asked || !screen.endsWith("[y/N] ")) return
        asked = true
        terminal.write(options.typed ?? "\n")
      },
    },
  })
  const code = await child.exited
  const lines = Bun.stripANSI(screen).replaceAll("\r", "").split("\n")
  return { code, lines: lines.at(-1) === "" ? lines.slice(0, -1) : lines }
}
