import { join } from "node:path"

const SCRIPT = join(import.meta.dir, "dir-lock-holder.ts")

/** A program that takes a lock folder by proper-lockfile's rules and keeps it until told. */
export function otherHolder(path: string, options: { staleMs?: number; touchMs?: number } = {}) {
  const { staleMs = 60_000, touchMs = 1_000 } = options
  const child = Bun.spawn([process.execPath, SCRIPT, path, String(staleMs), String(touchMs)], {
    stdin: "pipe",
    stdout: "pipe",
  })
  const reader = child.stdout.getReader()
  return {
    pid: child.pid,
    /** Resolves as soon as it has the lock. */
    holds: reader.read().then(({ value }) => new TextDecoder().decode(value) === "held\n"),
    letGo: async () => {
      child.stdin.end()
      return child.exited
    },
    kill: async () => {
      child.kill("SIGKILL")
      await child.exited
    },
  }
}
