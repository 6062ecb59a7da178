import { errnoOf } from "./errors.ts"
import { within } from "./time-limit.ts"

/** What became of a program in its first moments; `code` is null while it runs. */
export type Started = { kind: "started"; code: number | null } | { kind: "missing" }

/**
 * Starts a program that outlives aim: no pipe ties it to us, and it is in a session of its own.
 * Waits `settleMs` for one that ends at once. Never throws for what the program is.
 */
export async function startDetached(
  argv: readonly string[],
  options: {
    env: Readonly<Record<string, string | undefined>>
    cwd: string
    settleMs: number
  },
): Promise<Started> {
  try {
    const child = Bun.spawn([...argv], {
      env: { ...options.env },
      cwd: options.cwd,
      stdin: "ignore",
      stdout: "ignore",
      stderr: "ignore",
      detached: true,
    })
    child.unref()
    const ended = await within(options.settleMs, child.exited)
    return { kind: "started", code: ended.inTime ? ended.value : null }
  } catch (error) {
    if (errnoOf(error) === null) throw error
    return { kind: "missing" }
  }
}

/** The machine's kind, for what differs between them. */
export function platform(): "linux" | "darwin" {
  return process.platform === "darwin" ? "darwin" : "linux"
}
