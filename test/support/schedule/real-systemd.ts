import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { cleanEnv, type RunResult } from "../../e2e/support/run-aim.ts"

const SYSTEMD = "/lib/systemd/systemd"
const RUNTIME = "/run/user/aim"
const READY_MS = 60_000

/** A real systemd of a user, whose home and `/run` are its own. */
export type RealSystemd = AsyncDisposable & {
  /** Runs a program where that systemd is to be reached. */
  run: (argv: readonly string[], env?: Record<string, string>) => Promise<RunResult>
  units: string
}

/**
 * Starts systemd for a home, in a mount namespace in which `/run` is empty: this machine's own
 * managers can't hear of it. Needs root, or the right to a user namespace.
 */
export async function realSystemd(home: string): Promise<RealSystemd> {
  const units = join(home, ".config", "systemd", "user")
  await mkdir(units, { recursive: true })
  const env = { ...cleanEnv(home), XDG_RUNTIME_DIR: RUNTIME }
  const isRoot = process.geteuid?.() === 0
  // It asks for a system that was booted with it, and there is one here only by this folder.
  const begin = `mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/system ${RUNTIME} && exec ${SYSTEMD} --user`
  const own = isRoot ? [] : ["--map-root-user"]
  const child = Bun.spawn(["unshare", "--mount", ...own, "sh", "-c", begin], {
    ...{ env, cwd: "/", stdin: "ignore", stdout: "ignore", stderr: "pipe" },
  })
  const enter = ["nsenter", `--target=${child.pid}`, "--mount"]
  const prefix = isRoot ? enter : [...enter, "--user", "--preserve-credentials"]
  const run: RealSystemd["run"] = async (argv, more = {}) => {
    const inside = Bun.spawn([...prefix, "--", ...argv], {
      ...{ env: { ...env, ...more }, cwd: "/", stdin: "ignore", stdout: "pipe", stderr: "pipe" },
    })
    const [stdout, stderr, code] = await Promise.all([
      inside.stdout.text(),
      inside.stderr.text(),
      inside.exited,
    ])
    return { code, stdout, stderr, json: () => JSON.parse(stdout) }
  }
  const end = async () => {
    child.kill("SIGTERM")
    await child.exited
  }
  const limit = Date.now() + READY_MS
  while ((await run(["systemctl", "--user", "show", "--property=Version"])).code !== 0) {
    if (child.exitCode === null && Date.now() < limit) continue
    await end()
    throw new Error(`no systemd here: ${await child.stderr.text()}`)
  }
  return { run, units, [Symbol.asyncDispose]: end }
}
