import { cutFlag, flagNamed } from "./flags.ts"
import { GLOBAL_FLAGS } from "./global-flags.ts"

/**
 * Of words that led to no command: those that are neither a flag nor a global flag's value, and
 * the global flags among them. A wrong word matters before a wrong flag.
 */
export function sift(tokens: readonly string[]): { words: string[]; globals: string[] } {
  const words: string[] = []
  const globals: string[] = []
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] ?? ""
    if (!token.startsWith("-")) words.push(token)
    const { name, value } = cutFlag(token)
    const flag = flagNamed(GLOBAL_FLAGS, name)
    if (flag === null) continue
    globals.push(token)
    if (flag.takesValue && value === null && at + 1 < tokens.length)
      globals.push(tokens[++at] ?? "")
  }
  return { words, globals }
}
