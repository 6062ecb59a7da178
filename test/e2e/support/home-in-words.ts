import { readdir, readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import type { World } from "../../support/world.ts"
import { endStateOf } from "./end-state.ts"

/**
 * All that the next aim could meet, in words that stay the same whatever the tokens, the times and
 * the ids are: what vault and stores hold, which files lie there, how large the locks are.
 */
export async function inWords(world: World): Promise<string> {
  const files = new Set<string>()
  for (const name of await readdir(world.home, { recursive: true })) {
    const path = join(world.home, name)
    const { mode, size } = await stat(path)
    const lock = name.startsWith(".aimgr/locks/") ? ` ${size}` : ""
    const text = name.endsWith(".json") ? worded(await readFile(path, "utf8")) : ""
    files.add(`${worded(name)} ${mode.toString(8)}${lock} ${text}`)
  }
  return JSON.stringify([await endStateOf(world), [...files].sort()])
}

/** Without what is another at each run: tokens and hashes, ids, times. */
function worded(text: string): string {
  return text.replaceAll(/"[^"\s]{24,}"/g, '"#"').replaceAll(/[\da-f]{6,}|\d+/g, "#")
}
