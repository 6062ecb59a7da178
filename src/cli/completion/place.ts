import type { ArgsDef } from "citty"
import { cutAtDashes } from "../cut.ts"
import { findCommand } from "../find-command.ts"
import { cutFlag, flagNamed } from "../flags.ts"
import { GLOBAL_FLAGS, ROOT_FLAGS } from "../global-flags.ts"
import { commandAt } from "../table/table.ts"
import { rowOfLabel } from "./label-row.ts"
import { flagsOf, NOTHING, type Offer, valuesFor, wordsBelow, wordsOf } from "./offers.ts"
import { type Scan, scan } from "./scan.ts"
import type { Typed } from "./typed.ts"

/** What may stand at the cursor, and the flags before it. `prefix` goes before each word. */
export type Place = { offer: Offer; prefix: string; flags: Scan["flags"] }

/** Finds out where on the command line the cursor is, and what its command says may stand there. */
export async function placeOf({ before, current }: Typed): Promise<Place> {
  const line = cutAtDashes(before)
  const { path, tokens } = findCommand(line.before)
  const row = commandAt(path) ?? rowOfLabel(path, tokens)
  const own = (await row?.load())?.default.args ?? {}
  const isRoot = path === "" && row === undefined
  const args: ArgsDef = { ...own, ...(isRoot ? ROOT_FLAGS : GLOBAL_FLAGS) }
  const { flags, words, waiting } = scan(tokens, args)
  const place = (offer: Offer, prefix = ""): Place => ({ offer, prefix, flags })
  // Behind a bare `--` nothing is a flag, nor leads on to a command.
  if (line.before.length < before.length)
    return place(valueAt(own, [...words, ...line.after], current))
  if (waiting !== null) return place(valuesFor(args[waiting]))
  if (current.startsWith("-")) {
    const { name, value } = cutFlag(current)
    if (value === null) return place(wordsOf(flagsOf(args, flags)))
    const flag = flagNamed(args, name)
    return place(flag?.takesValue ? valuesFor(args[flag.name]) : NOTHING, `${name}=`)
  }
  const offer = leadingOn(path, words) ?? valueAt(own, words, current)
  // Where no word can stand, the flags are all there is to show.
  const bare = offer === NOTHING && current === "" && commandAt(path) !== undefined
  return place(bare ? wordsOf(flagsOf(args, flags)) : offer)
}

/** The next words of a command's path, or of the one that help is asked for; null behind it. */
function leadingOn(path: string, words: readonly string[]): Offer | null {
  const help = path === "" && words[0] === "help"
  const asked = help ? findCommand(words.slice(1)) : { path, tokens: words }
  const below = asked.tokens.length === 0 ? wordsBelow(asked.path) : []
  if (path === "" && !help && below.length > 0)
    return { kind: "words", words: below, orLabel: true }
  return help || below.length > 0 ? wordsOf(below) : null
}

/** What the command's declaration says of the word behind these. */
function valueAt(args: ArgsDef, words: readonly string[], current: string): Offer {
  const declared = Object.values(args).filter(({ type }) => type === "positional")
  const offer = valuesFor(declared[words.length])
  const isPath = offer.kind === "known" && offer.what === "backup" && current.includes("/")
  return isPath ? { kind: "files" } : offer
}
