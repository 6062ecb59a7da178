import { basename, dirname } from "node:path"
import { authorityKey, type Locator, type PathLocator, parseLocator } from "../authority/locator.ts"
import { readPathState } from "../authority/read-state-of.ts"
import type { Document } from "../domain/document.ts"
import { importBlock } from "../domain/import/block.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import { AimError } from "../system/errors.ts"
import type { Homes } from "../system/homes.ts"
import { openVault } from "../vault/open.ts"
import { type Pool, withPool } from "./pool.ts"

/** The authority that a provider's labels were imported from; null where none is recorded. */
export function recordedAuthority(
  pool: Pool,
  document: Document,
  provider: ProviderId,
): Locator | null {
  const { source } = importBlock(document, provider)
  if (source === null) return null
  try {
    return parseLocator(source, pool.homes)
  } catch (error) {
    // Another program may have noted what aim would not take.
    if (error instanceof AimError) return null
    throw error
  }
}

/** True where both name one authority, whatever they look like. */
export async function isSameAuthority(a: Locator, b: Locator): Promise<boolean> {
  if (authorityKey(a) === authorityKey(b)) return true
  if (a.kind !== "path" || b.kind !== "path") return false
  return (await realFileOf(a)) === (await realFileOf(b))
}

/** True for an authority that is this very state file, by whatever path. */
export async function isSelf(pool: Pool, locator: Locator): Promise<boolean> {
  return locator.kind === "path" && (await realFileOf(locator)) === pool.vault.paths.realFile
}

/** Where the state file of a path authority really lies. */
async function realFileOf({ file }: PathLocator): Promise<string> {
  return (await openVault(file)).paths.realFile
}

/**
 * Opens an authority on this machine for the time of `work`, as an aim that was started there would.
 * Its clients are those of the home that its state file lies in, never this command's own. Stops
 * with an `authority_…` problem where there is none.
 */
export async function withAuthority<T>(
  { homes }: Pool,
  locator: PathLocator,
  work: (authority: Pool) => Promise<T>,
): Promise<T> {
  // Where no state file is (a disk that is not mounted, say), no ledger is to be made either.
  await readPathState(locator)
  const { file } = locator
  const folder = dirname(file)
  const userHome = basename(folder) === ".aimgr" ? dirname(folder) : folder
  const env = Object.fromEntries(
    Object.entries(homes.env).filter(([name]) => !CLIENT_HOMES.has(name)),
  )
  const there: Homes = { userHome, sandboxed: true, stateFile: file, env, cwd: homes.cwd }
  return withPool(there, work)
}

/** They name the homes of this command's user, not of the authority's. */
const CLIENT_HOMES: ReadonlySet<string> = new Set([
  "CODEX_HOME",
  "CLAUDE_CONFIG_DIR",
  "PI_CODING_AGENT_DIR",
  "OPENCLAW_STATE_DIR",
  "HERMES_HOME",
  "AIM_HOME",
])
