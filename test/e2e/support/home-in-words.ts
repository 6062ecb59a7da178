import { readdir, stat } from "node:fs/promises"
import { join } from "node:path"
import type { World } from "../../support/world.ts"
import { endStateOf } from "./end-state.ts"

/**
 * All that the next aim could meet, in words that stay the same whatever the tokens, the times and
 * the ids are: what vault and stores hold, which files lie there, how large the locks are.
 */
export async function inWords(world: World): Promise<string> {
  const names = new Set<string>()
  for (const name of await readdir(world.home, { recursive: true })) {
    const { mode, size } = await stat(join(world.home, name))
    const lock = name.startsWith(".aimgr/locks/") ? ` ${size}` : ""
    names.add(`${name.replaceAll(/[\da-f-]{6,}|\d+/g, "#")} ${mode.toString(8)}${lock}`)
  }
  return JSON.stringify([await endStateOf(world), [...names].sort()])
}
