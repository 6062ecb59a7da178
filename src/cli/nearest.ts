import { editDistance, nearest } from "./distance.ts"
import { COMMANDS, GROUPS } from "./table/table.ts"

/** The command or group that comes nearest to what was typed, or undefined when nothing is near. */
export function nearestCommand(typed: string): string | undefined {
  const paths = [...COMMANDS.map(({ path }) => path), ...GROUPS.map(({ path }) => path)]
  const lastWords = paths.map((path) => path.split(" ").at(-1) ?? path)
  const byPath = nearest(typed, paths) ?? "status"
  // `aim capture` means `aim codex capture`: the last word alone may be what was typed.
  const byLastWord = paths[lastWords.indexOf(nearest(typed, lastWords) ?? "")] ?? byPath
  const lastWord = byLastWord.split(" ").at(-1) ?? byLastWord
  const [byLast, byWhole] = [editDistance(typed, lastWord), editDistance(typed, byPath)]
  const word = typed.split(" ").at(-1) ?? typed
  if (Math.min(byLast, byWhole) > Math.max(1, Math.floor(word.length / 2))) return undefined
  return byLast < byWhole ? byLastWord : byPath
}

/** The flag that was probably meant, or undefined when nothing is near. */
export function nearestFlag(typed: string, names: readonly string[]): string | undefined {
  const name = nearest(typed, names)
  if (name === undefined) return undefined
  const near = editDistance(typed, name) <= Math.max(1, Math.floor((name.length - 2) / 3))
  return near || name.startsWith(typed) ? name : undefined
}
