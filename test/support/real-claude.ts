import { existsSync } from "node:fs"
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { ClaudeWire } from "./claude-wire.ts"

/**
 * The pinned Claude Code below test/claude. It is installed before the lane starts (its network is
 * sealed afterwards), so a missing one is an error that says how to get it.
 */
export function claudeBinary(): string {
  const path = `../claude/node_modules/@anthropic-ai/claude-code-linux-${process.arch}/claude`
  const binary = fileURLToPath(new URL(path, import.meta.url))
  if (existsSync(binary)) return binary
  throw new Error(`no Claude Code at ${binary}; run: node test/support/lane-claude.mjs`)
}

/** Where a Claude process runs, and all that it may know of the world. */
export type ClaudePlace = { home: string; wire: ClaudeWire; caFile: string }

export type ClaudeRunOptions = {
  env?: Record<string, string>
  stdin?: string
  /** Lets Claude make the requests that it calls nonessential: `/usage` is one. */
  talkative?: boolean
}
export type ClaudeRun = { rc: number; stdout: string; stderr: string }

/** Starts `claude <args>` in that home; all its https goes to the wire. */
export async function startClaude(
  { home, wire, caFile }: ClaudePlace,
  args: readonly string[],
  options: ClaudeRunOptions & { open?: boolean } = {},
) {
  const cwd = join(home, "work")
  await mkdir(cwd, { recursive: true })
  const quiet = options.talkative ? {} : { CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1" }
  const env = {
    PATH: "/usr/bin:/bin",
    HOME: home,
    TERM: "dumb",
    TZ: "UTC",
    DISABLE_AUTOUPDATER: "1",
    DISABLE_TELEMETRY: "1",
    DISABLE_ERROR_REPORTING: "1",
    HTTPS_PROXY: wire.proxyUrl,
    HTTP_PROXY: wire.proxyUrl,
    NODE_EXTRA_CA_CERTS: caFile,
    ...quiet,
    ...options.env,
  }
  return Bun.spawn([claudeBinary(), ...args], {
    cwd,
    env,
    stdin: options.open ? "pipe" : Buffer.from(options.stdin ?? ""),
    stdout: "pipe",
    stderr: "pipe",
    timeout: 150_000,
    killSignal: "SIGKILL",
  })
}

/** Runs it to its end. */
export async function runClaude(
  place: ClaudePlace,
  args: readonly string[],
  options: ClaudeRunOptions = {},
): Promise<ClaudeRun> {
  const child = await startClaude(place, args, options)
  const [stdout, stderr, rc] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ])
  return { rc, stdout, stderr }
}

/** What `claude auth status --json` says, as far as tests look. */
export type ClaudeStatus = {
  loggedIn: boolean
  authMethod: string
  email?: string | null
  orgId?: string | null
  subscriptionType?: string | null
}

/** Never run it on a login that has less than ten minutes left: it would rotate it. */
export async function claudeStatus(place: ClaudePlace, options: ClaudeRunOptions = {}) {
  const { rc, stdout } = await runClaude(place, ["auth", "status", "--json"], options)
  return { rc, ...(JSON.parse(stdout) as ClaudeStatus) }
}
