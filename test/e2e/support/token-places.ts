import { readdir, readFile, stat } from "node:fs/promises"
import { basename, join } from "node:path"
import type { World } from "../../support/world.ts"
import { filesBelow } from "./home-picture.ts"

/**
 * Where below the home a token stands, of the places from which aim takes it up again: the vault
 * (quarantine included), a kept reply, a client's store; with `backups`, also those of the vault.
 */
export async function placesOf(
  world: World,
  token: string,
  options: { backups?: boolean } = {},
): Promise<string[]> {
  const found: string[] = []
  for (const path of await filesBelow(world.home)) {
    const counts = isTruth(path) || (options.backups === true && path.includes("secrets.json.bak."))
    if (counts && (await readFile(path, "utf8")).includes(token)) found.push(path)
  }
  return found
}

/** The newest refresh token that the issuer has given out for an account, or null. */
export function newestToken(world: World, account: string): string | null {
  return world.sim.liveRefreshTokens(account).at(-1) ?? null
}

/**
 * What is torn below the home: files of JSON that do not parse, and files that others may read.
 * Temp files are for {@link leftovers} to find.
 */
export async function tornFiles(world: World): Promise<string[]> {
  const torn: string[] = []
  for (const path of await filesBelow(world.home)) {
    if (isTemp(path) || isLockRecord(path) || isWatchNote(path)) continue
    const open = ((await stat(path)).mode & 0o077) !== 0
    if (open) torn.push(`${path} can be read by others`)
    if (/\.json(\.bak\.[\w-]+)?$/.test(path) && !parses(await readFile(path, "utf8")))
      torn.push(`${path} is not whole`)
  }
  return torn
}

/** What killed runs left behind: temp files, a client's lock folders, what was noted of those. */
export async function leftovers(world: World): Promise<string[]> {
  const files = (await filesBelow(world.home)).filter((path) => isTemp(path) || isLockRecord(path))
  return [...files, ...(await lockFoldersIn(world.home))]
}

/** The lock folders of clients (Claude Code, Pi) that stand below a home. */
export async function lockFoldersIn(home: string): Promise<string[]> {
  const names = await readdir(home, { recursive: true, withFileTypes: true })
  return names
    .filter((entry) => entry.isDirectory() && entry.name.endsWith(".lock"))
    .map(({ parentPath, name }) => join(parentPath, name))
}

function isTruth(path: string): boolean {
  const name = basename(path)
  const isStore = name === "auth.json" || name === ".credentials.json"
  return name === "secrets.json" || isStore || path.includes("/.aimgr/inflight/")
}

/** Two lines of JSON, the second of which a killed aim did not come to. */
function isLockRecord(path: string): boolean {
  return /\/\.aimgr\/locks\/dir-[^/]*\.json$/.test(path)
}

/** Who watches, a courtesy that is written in place: a torn one says nothing. */
function isWatchNote(path: string): boolean {
  return /\/\.aimgr\/locks\/watch-[^/]*\.json$/.test(path)
}

function isTemp(path: string): boolean {
  return path.includes(".aim-tmp-")
}

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
