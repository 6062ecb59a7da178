import { existsSync } from "node:fs"
import { readdir, readFile } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import type { StoredLogin, VaultFile, World } from "../../support/world.ts"
import { filesBelow } from "./home-picture.ts"

/** A world in words that stay the same whatever the tokens are, for comparing two ends. */
export type EndState = {
  labels: Record<string, { enabled: boolean; holds: string | null; verdict: string | null }>
  active: Record<string, unknown>
  openIntent: unknown
  remembered: Record<string, unknown>
  /**
   * Each client's login file: whose account, and whether it holds the vault's own pair; of Claude's
   * two also what the second says.
   */
  stores: Record<string, string>
  quarantine: string[]
  inflight: string[]
}

/** Reads what the vault, the clients' homes and `inflight/` have come to. */
export async function endStateOf(world: World): Promise<EndState> {
  const vault = await world.vault()
  const logins = loginsIn(vault)
  const { codexCli = {}, claudeCli = {}, piCli = {} } = vault.targets
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
  const inWords = (token: string) =>
    `${accountIn(token)}, ${stored.includes(token) ? "the vault's pair" : "another pair"}`
  for (const path of await filesBelow(world.home)) {
    const place = path.slice(world.home.length + 1)
    if (basename(path) === "auth.json") {
      const {
        tokens,
        OPENAI_API_KEY,
        "openai-codex": pi,
      } = JSON.parse(await readFile(path, "utf8"))
      const token = tokens?.refresh_token ?? pi?.refresh
      stores[place] = token === undefined ? `API key ${OPENAI_API_KEY ?? pi?.key}` : inWords(token)
    } else if (basename(path) === ".credentials.json") {
      const home = dirname(dirname(path))
      const { claudeAiOauth, oauthAccount } = await world.claudeHeld(home)
      const { refreshToken } = claudeAiOauth
      const beside = claudeOwner(world, oauthAccount.accountUuid)
      const held = refreshToken === undefined ? "no login" : inWords(String(refreshToken))
      stores[place] = `${held}, beside ${beside}`
    }
  }
  return {
    labels: Object.fromEntries(labels.sort()),
    active: {
      codex: codexCli.activeLabel ?? null,
      claude: claudeCli.activeLabel ?? null,
      pi: piCli.activeLabel ?? null,
    },
    openIntent: codexCli.switchIntent ?? claudeCli.switchIntent ?? piCli.switchIntent ?? null,
    remembered: {
      ...homesOf(world, codexCli.sourceHomes),
      ...homesOf(world, claudeCli.sourceHomes),
      ...homesOf(world, piCli.sourceHomes),
    },
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
    const [account, pair, beside] = holds.split(", ")
    const known = OWN.includes(path) || Object.hasOwn(remembered, dirname(path))
    if (beside !== undefined && beside !== `beside ${account}`) flaws.push(`${path} holds ${holds}`)
    if (known && held.includes(account ?? "") && pair !== "the vault's pair")
      flaws.push(`${path} holds ${holds}`)
  }
  return flaws
}

/** The stored logins of both providers; labels are of one space. */
export function loginsIn({ credentials }: VaultFile): Record<string, StoredLogin> {
  return { ...credentials["openai-codex"], ...credentials.anthropic }
}

/** The clients' own login files. */
const OWN = [".codex/auth.json", ".claude/.credentials.json", ".pi/agent/auth.json"]

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
export function accountIn(token: string): string {
  return /^(?:rt_|sk-ant-ort01-)[A-Z]+[_-](.+)[_-][0-9a-f]+$/.exec(token)?.[1] ?? "unreadable"
}

function claudeOwner(world: World, uuid: unknown): string {
  const owner = world.sim.claude.accounts().find(({ accountUuid }) => accountUuid === uuid)
  return owner?.name ?? String(uuid ?? "nobody")
}
