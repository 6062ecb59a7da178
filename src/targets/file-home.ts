import { join } from "node:path"
import type { Store, TargetId } from "../domain/store.ts"
import { errnoOf, fail } from "../system/errors.ts"
import { resolveLinks } from "../system/files.ts"
import { clientHome, type Homes, namedPath } from "../system/homes.ts"
import { isWithin } from "../system/real-path.ts"
import { insideChosen } from "./chosen-home.ts"

/** A client that keeps its login in the file `auth.json` of one home folder. */
export type FileClient = {
  id: TargetId
  /** As people call it. */
  name: string
  /** The environment variable that names its home, and the home below the user's without it. */
  variable: string
  fallback: string
}

/** Finds the stores of such a client: its own home, and others that the operator names. */
export function storesIn(client: FileClient) {
  const { id, name, variable, fallback } = client

  /** The home that `use` switches: what the client's variable says, else the one below the user's. */
  async function primaryStore(homes: Homes): Promise<Store> {
    const home = clientHome(homes, variable, fallback)
    return inside(homes, storeIn(home, await realPath(home), true))
  }

  /**
   * The store in another home. `dir` is the operator's word: relative to the working folder, `~` is
   * the user home. It is the primary store if it is the same folder by its real path. With another
   * home chosen, one that lies outside it stops with `home_escape`: a sandbox with a copied state
   * file must not reach the real homes that the file remembers.
   */
  async function storeAt(homes: Homes, dir: string): Promise<Store> {
    return inside(homes, await resolveStore(homes, dir))
  }

  /** The store in a home that was switched before; null for one outside a chosen home. */
  async function switchedStore(homes: Homes, dir: string): Promise<Store | null> {
    const store = await resolveStore(homes, dir)
    return (await outside(homes, store)) === null ? store : null
  }

  async function inside(homes: Homes, store: Store): Promise<Store> {
    return insideChosen(homes, store, await outside(homes, store))
  }

  /** What of a store lies outside a chosen home: the folder, or the login file that it links to. */
  async function outside(homes: Homes, store: Store): Promise<string | null> {
    if (!homes.sandboxed) return null
    const { home, realHome, file } = store
    const chosen = await realPath(homes.userHome)
    if (!isWithin(chosen, realHome)) return `${home} is outside`
    return isWithin(chosen, await realPath(file)) ? null : `${file} is a link that leads out of`
  }

  async function resolveStore(homes: Homes, dir: string): Promise<Store> {
    const home = namedPath(homes, dir)
    const realHome = await realPath(home)
    const primary = await realPath(clientHome(homes, variable, fallback))
    return storeIn(home, realHome, realHome === primary)
  }

  function storeIn(home: string, realHome: string, primary: boolean): Store {
    return { target: id, home, realHome, file: join(home, "auth.json"), appState: null, primary }
  }

  async function realPath(home: string): Promise<string> {
    try {
      return await resolveLinks(home)
    } catch (error) {
      return fail(
        `${id}_home_unusable`,
        `the ${name} home ${home} can't be resolved (${errnoOf(error) ?? "unknown error"})`,
        `check ${variable} and the symlinks and permissions on the way to it`,
      )
    }
  }

  return { primaryStore, storeAt, switchedStore }
}
