import { quoteWord } from "../render/layout/quote.ts"
import { failUsage } from "../system/errors.ts"
import { cutFlag, flagNamed } from "./flags.ts"
import { GLOBAL_FLAGS } from "./global-flags.ts"
import { nearestCommand } from "./nearest.ts"
import { isCommand, isGroup, leadsOn } from "./table/table.ts"

/** `path` is the longest known command or group; `tokens` is the rest, global flags first. */
export type Found = { path: string; tokens: readonly string[] }

/** Walks down the table word by word; global flags may stand before and between the words. */
export function findCommand(words: readonly string[]): Found {
  let path = ""
  const skipped: string[] = []
  let at = 0
  for (; at < words.length && leadsOn(path); at++) {
    const word = words[at] ?? ""
    if (word.startsWith("-")) {
      const { name, value } = cutFlag(word)
      const flag = flagNamed(GLOBAL_FLAGS, name)
      if (flag === null) break
      skipped.push(word)
      const next = words[at + 1]
      if (flag.takesValue && value === null && next !== undefined) skipped.push(words[++at] ?? "")
      continue
    }
    const longer = path === "" ? word : `${path} ${word}`
    if (!isCommand(longer) && !isGroup(longer)) break
    path = longer
  }
  return { path, tokens: [...skipped, ...words.slice(at)] }
}

/** Stops with the nearest command: the words led to no command. */
export function failUnknownCommand(path: string, word: string): never {
  const typed = path === "" ? word : `${path} ${word}`
  const nearest = typed === "version" ? "--version" : nearestCommand(typed)
  const lists = `\`${path === "" ? "aim --help" : `aim help ${path}`}\` lists them all`
  return failUsage(
    "unknown_command",
    `\`aim ${quoteWord(typed)}\` is not a command`,
    nearest === undefined ? lists : `the nearest is \`aim ${nearest}\`; ${lists}`,
  )
}
