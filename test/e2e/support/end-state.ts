import { existsSync } from "node:fs"
import { readdir, readFile } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import type { World } from "../../support/world.ts"
import { filesBelow } from "./home-picture.ts"

/** A world in words that stay the same whatever the tokens are, for comparing two ends. */
export type EndState = {
  labels: Record<string, { enabled: boolean; holds: string | null; verdict: string | null }>
  active: unknown
  openIntent: unknown
  remembered: Record<string, unknown>
  /** Each client's login file: whose account, and whether it holds the vault's own pair. */
  stores: Record<string, string>
  quarantine: string[]
  inflight: string[]
}

/** Reads what the vault, the clients' homes and `inflight/` have come to. */
export async function endStateOf(world: World): Promise<EndState> {
  const vault = await world.vault()
  const logins = vault.credentials["openai-codex"] ?? {}
  const block = vault.targets.codexCli ?? {}
  const stored = Object.values(logins).map(({ refresh }) => refresh)
  const labels = Object.entries(vault.accounts).map(([label, account]) => {
    const login = logins[label]
    return [
      label,
      {
        enabled: (account.pool as { enabled?: boolean } | undefined)?.enabled !== false,
        holds: login === undefined ? null : accountIn(login.refresh),
        verdict: login?.verdict?.reason ?? null,
      },
    ] as const
  })
  const stores: Record<string, string> = {}
  for (const path of await filesBelow(world.home)) {
    if (basename(path) !== "auth.json") continue
    const { tokens, OPENAI_API_KEY } = JSON.parse(await readFile(path, "utf8"))
    const token = tokens?.refresh_token
    const which = stored.includes(token) ? "the vault's pair" : "another pair"
    stores[path.slice(world.home.length + 1)] =
      token === undefined ? `API key ${OPENAI_API_KEY}` : `${accountIn(token)}, ${which}`
  }
  return {
    labels: Object.fromEntries(labels.sort()),
    active: block.activeLabel ?? null,
    openIntent: block.switchIntent ?? null,
    remembered: homesOf(world, block.sourceHomes),
    stores,
    quarantine: (vault.quarantine ?? []).map(({ reason, label }) => `${label}: ${reason}`).sort(),
    inflight: await inflightNotes(world),
  }
}

/** What is wrong at any end: an open intent, a note, a store of a label with another pair than its own. */
export function flawsOf({ labels, openIntent, inflight, remembered, stores }: EndState): string[] {
  const held = Object.values(labels).map(({ holds }) => holds)
  const flaws = inflight.map((name) => `a note stays: ${name}`)
  if (openIntent !== null) flaws.push("an intent stays open")
  for (const [path, holds] of Object.entries(stores)) {
    const [account, pair] = holds.split(", ")
    const known = path === ".codex/auth.json" || Object.hasOwn(remembered, dirname(path))
    if (known && held.includes(account ?? "") && pair !== "the vault's pair")
      flaws.push(`${path} holds ${holds}`)
  }
  return flaws
}

/** The notes of token posts that are still there. */
export async function inflightNotes(world: World): Promise<string[]> {
  const folder = join(world.home, ".aimgr", "inflight")
  return existsSync(folder) ? (await readdir(folder)).sort() : []
}

function homesOf(world: World, homes: unknown): Record<string, unknown> {
  const entries = Object.entries((homes ?? {}) as Record<string, { label?: unknown }>)
  return Object.fromEntries(
    entries.map(([dir, { label }]) => [dir.slice(world.home.length + 1), label]).sort(),
  )
}

/** The simulator's refresh tokens name their account. */
function accountIn(token: string): string {
  return /^rt_[A-Z]+_(.+)_[0-9a-f]+$/.exec(token)?.[1] ?? "unreadable"
}
