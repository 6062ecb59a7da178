import { join } from "node:path"
import type { Store } from "../../domain/store.ts"
import { errnoOf, fail } from "../../system/errors.ts"
import { resolveLinks } from "../../system/files.ts"
import { type Homes, namedPath } from "../../system/homes.ts"
import { isWithin } from "../../system/real-path.ts"
import { insideChosen } from "../chosen-home.ts"
import { CREDENTIALS_FILE, ownPlace, type Place, placeAt, placeOfFolder } from "./places.ts"

/** The login that `use` switches: the one of a Claude Code started in this environment. */
export async function primaryStore(homes: Homes): Promise<Store> {
  const store = await storeOf(await ownPlace(homes), true)
  const named = homes.env.CLAUDE_SECURESTORAGE_CONFIG_DIR ?? homes.env.CLAUDE_CONFIG_DIR ?? ""
  const isPlain = named === nameOf(homes, store.home)
  return inside(homes, isPlain ? store : { ...store, named })
}

/**
 * The store in another home. `dir` is the operator's word: relative to the working folder, `~` is
 * the user home; a user home or a configuration folder. It is the primary store if it is the same
 * folder by its real path. With another home chosen, a store of which anything lies outside it stops
 * with `home_escape`: a sandbox with a copied state file must not reach the real homes.
 */
export async function storeAt(homes: Homes, dir: string): Promise<Store> {
  return inside(homes, await ownOr(homes, await placeAt(namedPath(homes, dir))))
}

/** The store of a credentials folder that was switched before; null for one outside a chosen home. */
export async function switchedStore(homes: Homes, dir: string): Promise<Store | null> {
  const store = await ownOr(homes, await placeOfFolder(namedPath(homes, dir)))
  return (await outside(homes, store)) === null ? store : null
}

/** What Claude Code is told of a home as a rule: of its default nothing. */
export function nameOf({ userHome }: Homes, home: string): string {
  return home === join(userHome, ".claude") ? "" : home
}

/** Claude's own place knows its app state by the environment. */
async function ownOr(homes: Homes, place: Place): Promise<Store> {
  const own = await ownPlace(homes)
  const same = (await realPath(own.home)) === (await realPath(place.home))
  return storeOf(same ? { ...own, home: place.home } : place, same)
}

async function storeOf({ home, appState }: Place, primary: boolean): Promise<Store> {
  const file = join(home, CREDENTIALS_FILE)
  return { target: "claude", home, realHome: await realPath(home), file, appState, primary }
}

async function inside(homes: Homes, store: Store): Promise<Store> {
  return insideChosen(homes, store, await outside(homes, store))
}

/** What of a store lies outside a chosen home: the folder, or a file that links out of it. */
async function outside(homes: Homes, store: Store): Promise<string | null> {
  if (!homes.sandboxed) return null
  const chosen = await realPath(homes.userHome)
  if (!isWithin(chosen, store.realHome)) return `${store.home} is outside`
  for (const file of [store.file, store.appState])
    if (file !== null && !isWithin(chosen, await realPath(file)))
      return `${file} is a link that leads out of`
  return null
}

async function realPath(path: string): Promise<string> {
  try {
    return await resolveLinks(path)
  } catch (error) {
    return fail(
      "claude_home_unusable",
      `${path} can't be resolved (${errnoOf(error) ?? "unknown error"})`,
      "check CLAUDE_CONFIG_DIR and the symlinks and permissions on the way to it",
    )
  }
}
