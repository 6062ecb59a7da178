import { ROOT_FLAGS } from "../global-flags.ts"
import type { CommandRow } from "../table/row.ts"
import { commandAt } from "../table/table.ts"
import { scan } from "./scan.ts"

/** Behind a word that is no command, `aim <label>` takes the flags of `aim login`. */
export function rowOfLabel(path: string, tokens: readonly string[]): CommandRow | undefined {
  const [word = "help"] = path === "" ? scan(tokens, ROOT_FLAGS).words : []
  return word === "help" ? undefined : commandAt("login")
}
