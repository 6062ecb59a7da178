import { readdir } from "node:fs/promises"
import { join } from "node:path"

export const ROOT = join(import.meta.dir, "../../..")
export const SCRIPT = join(ROOT, "install.sh")
/** The compiled aim. */
export const BUILT = join(ROOT, "dist/aim")

/** What people's `sh` is: Debian's, and on other systems Bash by that name. */
export const SHELLS = ["dash", "bash"]

export type InstallerOptions = {
  /** The user's home (`HOME`), where aim goes unless told otherwise. */
  home: string
  /** The shell that reads the script; dash unless said otherwise. */
  shell?: string
  /** On top of an environment that holds PATH, HOME, SHELL and LANG only. */
  env?: Record<string, string>
  cwd?: string
  /** A script that is piped into the shell (`sh -s`) instead of install.sh as a file. */
  piped?: string
  /** What runs the shell, such as `setpriv` with its options. */
  through?: string[]
}

export type InstallerResult = { code: number; stdout: string; stderr: string }

/** Runs install.sh as a user would: no terminal, a home of its own. */
export async function runInstaller(
  args: readonly string[],
  { home, shell = "dash", env, cwd, piped, through = [] }: InstallerOptions,
): Promise<InstallerResult> {
  const script = piped === undefined ? [SCRIPT] : ["-s", "--"]
  const child = Bun.spawn([...through, shell, ...script, ...args], {
    cwd: cwd ?? home,
    env: { ...installerEnv(home), ...env },
    stdin: piped === undefined ? "ignore" : Buffer.from(piped),
    stdout: "pipe",
    stderr: "pipe",
    timeout: 120_000,
  })
  const [stdout, stderr, code] = await Promise.all([
    child.stdout.text(),
    child.stderr.text(),
    child.exited,
  ])
  return { code, stdout, stderr }
}

export function installerEnv(home: string): Record<string, string> {
  return { PATH: process.env.PATH ?? "", HOME: home, SHELL: "/bin/bash", LANG: "C.UTF-8" }
}

/** Everything below a folder, by its path from there, sorted; empty where there is no folder. */
export async function filesIn(dir: string): Promise<string[]> {
  return (await readdir(dir, { recursive: true }).catch(() => [])).sort()
}
