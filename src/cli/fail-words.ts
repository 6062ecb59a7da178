import { failUnknownCommand } from "./find-command.ts"
import { GLOBAL_FLAGS } from "./global-flags.ts"
import { readFlags } from "./read-flags.ts"

/**
 * Stops with why `word` below `path` leads to no command: it was removed, is a label, or is unknown.
 * `typed` are all words, `globals` the global flags among them.
 */
export async function failWords(
  path: string,
  word: string,
  typed: readonly string[],
  globals: readonly string[],
): Promise<never> {
  if (path === "") {
    const { flags } = readFlags("", globals, GLOBAL_FLAGS)
    const { failIfLabel, isReadableLabel } = await import("./label-word.ts")
    const { failIfRemoved } = await import("./removed-commands.ts")
    await failIfRemoved(typed, (label) => isReadableLabel(flags, label))
    await failIfLabel(flags, word)
  }
  return failUnknownCommand(path, word)
}
