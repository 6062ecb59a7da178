import { existsSync } from "node:fs"
import { join } from "node:path"
import { tempHome } from "./temp-home.ts"

const DIST = join(import.meta.dir, "../../../dist")

/** What a user runs, and the same with fault points (`AIM_FAULT_RECORD`, `AIM_FAULT_KILL`). */
export const BINARIES = { release: join(DIST, "aim"), faults: join(DIST, "aim-faults") }

export type RunOptions = {
  /** The user home (`HOME`); without one, a fresh one that is deleted afterwards. */
  home?: string
  /** On top of an environment that holds nothing but PATH, HOME, LANG and TZ. */
  env?: Record<string, string>
  /** Text on standard input; without it, input is empty. */
  stdin?: string
  /** Folder to start in; the home unless said otherwise. */
  cwd?: string
  binary?: keyof typeof BINARIES
  /** Kills the program after so many milliseconds; 120,000 unless said otherwise. */
  timeoutMs?: number
}

export type RunResult = {
  /** Exit code; 128 + n when signal n ended it. */
  code: number
  stdout: string
  stderr: string
  /** The one JSON document on stdout; throws when there is anything else. */
  json(): Record<string, unknown>
}

/** Runs the compiled binary as a user's script would: no terminal, a clean environment. */
export async function runAim(
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  if (options.home === undefined) {
    await using home = await tempHome()
    return await runAim(args, { ...options, home: home.path })
  }
  const child = Bun.spawn([binaryPath(options.binary ?? "release"), ...args], {
    cwd: options.cwd ?? options.home,
    env: { ...cleanEnv(options.home), ...options.env },
    stdin: options.stdin === undefined ? "ignore" : Buffer.from(options.stdin),
    stdout: "pipe",
    stderr: "pipe",
    timeout: options.timeoutMs ?? 120_000,
    killSignal: "SIGKILL",
  })
  const [stdout, stderr, code] = await Promise.all([
    child.stdout.text(),
    child.stderr.text(),
    child.exited,
  ])
  return { code, stdout, stderr, json: () => JSON.parse(stdout) }
}

/** The whole environment of a program under test. */
export function cleanEnv(home: string): Record<string, string> {
  return { PATH: process.env.PATH ?? "", HOME: home, LANG: "C.UTF-8", TZ: "UTC" }
}

export function binaryPath(binary: keyof typeof BINARIES): string {
  const path = BINARIES[binary]
  if (existsSync(path)) return path
  throw new Error(`${path} is missing: npm run ${binary === "faults" ? "build:test" : "build"}`)
}
