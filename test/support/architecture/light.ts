import { valueImports } from "./imports.ts"
import type { Tree, Violation } from "./tree.ts"

/** The commands that people and scripts type all day, and that change nothing. */
const LOOKING = ["status", "why", "history", "codex-show", "claude-show", "pi-show", "account-list"]

/** What asks over the wire, takes a client's locks, or writes: loaded at the first use of it. */
const HEAVY = [
  /^src\/authority\//,
  /^src\/system\/(.*\/)?(http|dir-lock|processes)\.ts$/,
  /^src\/vault\/(.*\/)?commit\.ts$/,
  /^src\/pool\/(.*\/)?(heal|capture|refresh)\.ts$/,
  /^src\/targets\/(.*\/)?(apply|client-locks|forget|verify)\.ts$/,
  /^src\/providers\/(.*\/)?(login-flow|refresh|usage)\.ts$/,
]

/** Commands that only look, and load what they do not need before they begin (design §7). */
export function lightViolations(tree: Tree, commands: readonly string[] = LOOKING): Violation[] {
  return commands.flatMap((command) => {
    const path = `src/cli/commands/${command}.ts`
    if (!tree.has(path)) return [`${path} is not there`]
    return [...loadedBy(tree, path)]
      .filter((loaded) => HEAVY.some((heavy) => heavy.test(loaded)))
      .map((loaded) => `${path} loads ${loaded}, which only a command that acts needs`)
  })
}

/** Every source that is loaded before the first line of `entry` runs. */
function loadedBy(tree: Tree, entry: string): Set<string> {
  const loaded = new Set([entry])
  // A Set goes on over what is added on the way.
  for (const path of loaded) for (const next of valueImports(tree, path)) loaded.add(next)
  return loaded
}
