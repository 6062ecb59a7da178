import { jsonDocument } from "../render/json.ts"
import { failUsage } from "../system/errors.ts"
import { VERSION } from "../system/version.ts"
import type { CommandLine } from "./cut.ts"
import { failWords } from "./fail-words.ts"
import { findCommand } from "./find-command.ts"
import { GLOBAL_FLAGS, ROOT_FLAGS } from "./global-flags.ts"
import { type JsonMode, printLines } from "./outcome.ts"
import { readFlags } from "./read-flags.ts"
import { sift } from "./sift.ts"
import { isCommand, isGroup } from "./table/table.ts"

/** `aim`, `aim codex`, `aim help codex use`, `aim --version`, or a word that leads nowhere. */
export async function withoutCommand(
  path: string,
  tokens: readonly string[],
  line: CommandLine,
  mode: JsonMode,
): Promise<number> {
  const isRoot = path === ""
  const { words: typed, globals } = sift(tokens)
  const [first] = typed
  const ownWord = isRoot && (first === "help" || tokens.includes("--version"))
  // A flag that no command knows hid a right word behind it: then the flag is what is wrong.
  const isWrong = first !== undefined && leadsNowhere(isRoot ? first : `${path} ${first}`)
  if (isWrong && !ownWord) return await failWords(path, first, typed, globals)
  const { flags, words } = readFlags(path, tokens, isRoot ? ROOT_FLAGS : GLOBAL_FLAGS)
  const [word, ...rest] = [...words, ...line.after]
  if (flags.has("version")) {
    if (word !== undefined)
      failUsage("unexpected_argument", "`--version` stands alone", "aim --version")
    printLines([mode === null ? `aim ${VERSION}` : jsonDocument({ version: VERSION })])
    return 0
  }
  if (isRoot && word === "help") {
    const asked = findCommand(rest)
    if (asked.tokens[0] !== undefined)
      await failWords(asked.path, asked.tokens[0], asked.tokens, globals)
    return await printHelp(asked.path, mode)
  }
  return word === undefined
    ? await printHelp(path, mode)
    : await failWords(path, word, typed, globals)
}

/** The help page of a command, a group or `aim`; as one document where JSON was asked for. */
export async function printHelp(path: string, mode: JsonMode): Promise<number> {
  const { helpPage } = await import("./help.ts")
  const page = await helpPage(path)
  const { helpLines } = await import("../render/help.ts")
  printLines(mode === null ? helpLines(page) : [jsonDocument({ ok: true, help: page })])
  return 0
}

function leadsNowhere(path: string): boolean {
  return !isCommand(path) && !isGroup(path)
}
