import type { ArgsDef } from "citty"
import { cutFlag, flagNamed, looksLikeFlag } from "../flags.ts"

/** What stands on a line that is not finished: nothing in it is a mistake yet. */
export type Scan = {
  /** Flags by name with their values, `true` for those that take none. */
  flags: ReadonlyMap<string, string | true>
  words: readonly string[]
  /** The flag at the end that still waits for its value, or null. */
  waiting: string | null
}

/** Reads what follows a command's name as `read-flags.ts` does, but takes no offence. */
export function scan(tokens: readonly string[], args: ArgsDef): Scan {
  const flags = new Map<string, string | true>()
  const words: string[] = []
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] ?? ""
    if (!looksLikeFlag(token)) {
      words.push(token)
      continue
    }
    const { name, value } = cutFlag(token)
    const flag = flagNamed(args, name)
    if (flag === null) continue
    const next = tokens[at + 1]
    if (flag.takesValue && value === null && next === undefined)
      return { flags, words, waiting: flag.name }
    const follows = flag.takesValue && value === null && !looksLikeFlag(next ?? "")
    if (follows) at++
    flags.set(flag.name, flag.takesValue ? (value ?? (follows ? (next ?? "") : "")) : true)
  }
  return { flags, words, waiting: null }
}
