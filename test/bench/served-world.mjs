import { spawn } from "node:child_process"
import { once } from "node:events"
import { rmSync } from "node:fs"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { ROOT } from "../support/command.mjs"

/**
 * Starts test/bench/world.ts and waits until it serves.
 * @returns {Promise<{ home: string, env: Record<string, string>, stop: () => Promise<void> }>}
 */
export async function servedWorld() {
  const bun = join(ROOT, "node_modules/.bin/bun")
  const child = spawn(bun, [join(ROOT, "test/bench/world.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  })
  const [line] = await once(createInterface(child.stdout), "line")
  const { home, env } = JSON.parse(line)
  const stop = async () => {
    child.kill("SIGKILL")
    await once(child, "exit")
    rmSync(home, { recursive: true, force: true })
  }
  return { home, env, stop }
}
