import { dirname, join } from "node:path"
import type { Store } from "../../domain/store.ts"
import { fileExists, resolveLinks } from "../../system/files.ts"
import { type Holders, holdersBelow } from "../../system/processes.ts"

/**
 * The processes that have a Codex home open. Where its `auth.json` is a link into another home (one
 * login for several homes), those of that home as well: they refresh the very same file.
 */
export async function holdersOf(store: Store): Promise<Holders> {
  const found = await holdersBelow(store.realHome)
  const folder = dirname(await resolveLinks(store.file).catch(() => store.file))
  if (folder === store.realHome || !(await isCodexHome(folder))) return found
  const there = await holdersBelow(folder)
  const others = there.holders.filter(({ pid }) => found.holders.every((one) => one.pid !== pid))
  return {
    holders: [...found.holders, ...others],
    unreadable: found.unreadable || there.unreadable,
  }
}

/** Every folder that a Codex 0.169.0 has run in holds this; another folder may be half a disk. */
function isCodexHome(folder: string): Promise<boolean> {
  return fileExists(join(folder, "installation_id"))
}
