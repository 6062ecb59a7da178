import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { CodexHome } from "./codex-home.ts"

const PLATFORM = { x64: "x86_64-unknown-linux-musl", arm64: "aarch64-unknown-linux-musl" }

/**
 * The pinned Codex CLI below test/peers. It is installed before the lane starts (its network is
 * sealed afterwards), so a missing one is an error that says how to get it.
 */
export function codexBinary(): string {
  const triple = PLATFORM[process.arch as keyof typeof PLATFORM]
  const path = `../peers/node_modules/@openai/codex/vendor/${triple}/bin/codex`
  const binary = fileURLToPath(new URL(path, import.meta.url))
  if (!existsSync(binary)) {
    throw new Error(`no Codex CLI at ${binary}; run: node test/support/lane-peers.mjs`)
  }
  return binary
}

export type CodexRun = { rc: number; stdout: string; stderr: string }

/** Runs `codex <args>` in that home to its end, with nothing on stdin unless said otherwise. */
export async function runCodex(
  home: CodexHome,
  args: readonly string[],
  env: Record<string, string> = {},
  stdin = "",
): Promise<CodexRun> {
  const child = Bun.spawn([codexBinary(), ...args], {
    cwd: home.env.HOME ?? home.dir,
    env: { ...home.env, ...env },
    stdin: stdin === "" ? "ignore" : Buffer.from(stdin),
    stdout: "pipe",
    stderr: "pipe",
  })
  const [stdout, stderr, rc] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ])
  return { rc, stdout, stderr }
}

/** One line of `codex exec --json`. */
export type CodexEvent = {
  type: string
  item?: { type: string; text?: string; message?: string }
  error?: { message?: string }
  message?: string
}

export type CodexTurn = {
  rc: number
  events: CodexEvent[]
  /** The text of the last agent message, or null. */
  answer: string | null
  /** Why the turn failed, in Codex's words, or null. */
  failure: string | null
  stderr: string
}

/** One whole turn: `codex exec --json --skip-git-repo-check --ephemeral <prompt>`. */
export async function execTurn(
  home: CodexHome,
  options: { prompt?: string; env?: Record<string, string> } = {},
): Promise<CodexTurn> {
  const args = ["exec", "--json", "--skip-git-repo-check", "--ephemeral", options.prompt ?? "hi"]
  const { rc, stdout, stderr } = await runCodex(home, args, options.env)
  const events = stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as CodexEvent)
  const last = <T>(pick: (event: CodexEvent) => T | undefined) =>
    events.map(pick).findLast((value) => value !== undefined) ?? null
  return {
    rc,
    events,
    answer: last(({ item }) => (item?.type === "agent_message" ? item.text : undefined)),
    failure: last(({ type, error }) => (type === "turn.failed" ? error?.message : undefined)),
    stderr,
  }
}
