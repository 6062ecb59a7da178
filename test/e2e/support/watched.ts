import type { World } from "../../support/world.ts"
import { binaryPath, cleanEnv } from "./run-aim.ts"

/** A running aim behind a pseudo-terminal of 90 by 25. */
export type Watched = {
  /** Everything that it has written so far, escape codes included, line ends as `\n`. */
  text: () => string
  /** Waits until what was written shows this. */
  seen: (pattern: RegExp) => Promise<void>
  /** Types, and gives the exit code that follows. */
  press: (keys: string) => Promise<number>
}

/** Starts aim as a person would who means to watch it. */
export function watched(args: string, world: World, env: Record<string, string> = {}): Watched {
  // One for all pieces: a character may come in two.
  const decoder = new TextDecoder()
  let written = ""
  const child = Bun.spawn([binaryPath("release"), ...args.split(" ")], {
    cwd: world.home,
    env: { ...cleanEnv(world.home), ...world.env, TERM: "xterm", ...env },
    timeout: 180_000,
    terminal: {
      cols: 90,
      rows: 25,
      data: (_terminal, bytes) => {
        written += decoder.decode(bytes, { stream: true })
      },
    },
  })
  const text = () => written.replaceAll("\r\n", "\n")
  return {
    text,
    seen: async (pattern) => {
      while (!pattern.test(text())) {
        if (child.exitCode !== null) throw new Error(`aim ${args} ended:\n${text()}`)
        await Bun.sleep(20)
      }
    },
    press: (keys) => {
      child.terminal?.write(keys)
      return child.exited
    },
  }
}
