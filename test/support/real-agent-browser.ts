import { chmodSync, existsSync, readdirSync, readFileSync } from "node:fs"
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

/** One line of the stand-in browser's notes: a start with its arguments, or a page it was sent to. */
export type BrowserNote = { started?: string[]; page?: string; folder?: string }

export type AgentBrowser = AsyncDisposable & {
  /** What aim needs to find it, and what it needs to find its browser. */
  env: Record<string, string>
  /** Its folder with the daemons' files. */
  dir: string
  notes: () => BrowserNote[]
  /** The folders that browsers were started with, in order. */
  folders: () => string[]
  run: (...args: string[]) => Promise<{ code: number; stdout: string; stderr: string }>
  /** The id of a session's daemon. */
  pid: (session: string) => number
  /** Ends a session's daemon as a crash would, and waits until it is gone. */
  killHard: (session: string) => Promise<void>
}

/** The pinned agent-browser below test/peers; npm leaves it without the right to run. */
function agentBrowserBinary(): string {
  const path = `../peers/node_modules/agent-browser/bin/agent-browser-linux-${process.arch}`
  const binary = fileURLToPath(new URL(path, import.meta.url))
  if (!existsSync(binary))
    throw new Error(`no agent-browser at ${binary}; run: node test/support/lane-peers.mjs`)
  chmodSync(binary, 0o755)
  return binary
}

/**
 * agent-browser first on PATH, in a home of its own, with the stand-in as its browser. Its daemons
 * outlive the commands that start them: all of them are ended with this.
 */
export async function openAgentBrowser(home: string): Promise<AgentBrowser> {
  const [bin, dir, noted] = [join(home, "bin"), join(home, ".agent-browser"), join(home, "notes")]
  await mkdir(bin, { recursive: true })
  await symlink(agentBrowserBinary(), join(bin, "agent-browser"))
  const standIn = fileURLToPath(new URL("stand-in-browser.ts", import.meta.url))
  await writeFile(
    join(bin, "stand-in"),
    `#!/bin/sh\nexec '${process.execPath}' '${standIn}' "$@"\n`,
  )
  await chmod(join(bin, "stand-in"), 0o755)
  const env = {
    HOME: home,
    PATH: `${bin}:/usr/bin:/bin`,
    AGENT_BROWSER_EXECUTABLE_PATH: join(bin, "stand-in"),
    AGENT_BROWSER_NO_VERSION_CHECK: "1",
    AGENT_BROWSER_NO_XVFB: "1",
    STAND_IN_NOTES: noted,
  }
  const notes = () =>
    existsSync(noted)
      ? readFileSync(noted, "utf8")
          .trim()
          .split("\n")
          .map((line): BrowserNote => JSON.parse(line))
      : []
  const run = async (...args: string[]) => {
    const command = [join(bin, "agent-browser"), ...args]
    const child = Bun.spawn(command, { env, cwd: home, stdout: "pipe", stderr: "pipe" })
    const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text()])
    return { code: await child.exited, stdout, stderr }
  }
  const pid = (session: string) => Number(readFileSync(join(dir, `${session}.pid`), "utf8"))
  return {
    env,
    dir,
    notes,
    run,
    pid,
    killHard: async (session) => {
      const daemon = pid(session)
      process.kill(daemon, "SIGKILL")
      while (processesOf(home).includes(daemon)) await Bun.sleep(10)
    },
    folders: () =>
      notes().flatMap(({ started }) =>
        (started ?? []).flatMap((word) => word.split("--user-data-dir=").slice(1)),
      ),
    [Symbol.asyncDispose]: () => endAll(home),
  }
}

/** Ends every process that was started with this home, daemons and their browsers, and waits. */
async function endAll(home: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const left = processesOf(home)
    if (left.length === 0) return
    for (const pid of left) {
      try {
        process.kill(pid, tries < 50 ? "SIGTERM" : "SIGKILL")
      } catch {
        // It has ended meanwhile.
      }
    }
    await Bun.sleep(50)
  }
  throw new Error(`processes of ${home} are still there`)
}

function processesOf(home: string): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid && isOf(home, pid))
}

function isOf(home: string, pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(`HOME=${home}`)
  } catch {
    return false
  }
}
