import { asLabel, isReserved, type Label } from "../domain/label.ts"
import { terminal } from "../system/terminal.ts"
import { scan } from "./completion/scan.ts"
import { conversationWith } from "./conversation.ts"
import type { CommandLine } from "./cut.ts"
import { cutFlag, flagNamed, looksLikeFlag } from "./flags.ts"
import { GLOBAL_FLAGS } from "./global-flags.ts"
import { isLabel } from "./label-word.ts"
import { commandAt } from "./table/table.ts"

/** What `aim <label>` opens: the panel where a person can answer it, else it is `aim login`. */
export type LabelCall = "panel" | "login"

/**
 * What a line that leads to no command opens, if its only word is a label; else null. A word that
 * is no label yet may become one: at a terminal, or where it is said whose login it will have.
 */
export async function labelCall(
  tokens: readonly string[],
  line: CommandLine,
  json: boolean,
): Promise<LabelCall | null> {
  const names = tokens.filter(looksLikeFlag).map((token) => cutFlag(token).name)
  const named = names.includes("--provider")
  const seat = terminal()
  const attended = !json && seat.stdinIsTerminal && seat.stdoutIsTerminal && seat.stderrIsTerminal
  const { flags, words } = scan(tokens, { ...GLOBAL_FLAGS, ...(await loginArgs(tokens)) })
  const label = onlyLabel([...words, ...line.after])
  if (label === null || names.includes("--version")) return null
  const isBare = names.every((name) => flagNamed(GLOBAL_FLAGS, name) !== null)
  const opens = attended && isBare ? "panel" : "login"
  // The panel asks by itself, and who names a provider has said that there is to be a label.
  if ((await isLabel(flags, label)) || opens === "panel" || named) return opens
  if (!attended) return null
  const { confirm } = await conversationWith(seat, json)
  return (await confirm(`there is no label \`${label}\`: make a new one?`)) ? opens : null
}

/** A command's word is none: a label that bears it is named behind its command. */
function onlyLabel([word, ...more]: readonly string[]): Label | null {
  const label = word === undefined || more.length > 0 ? null : asLabel(word)
  return label === null || isReserved(label) ? null : label
}

/** Only flags need them to be told from words. */
async function loginArgs(tokens: readonly string[]) {
  const isBare = tokens.every((token) => !looksLikeFlag(token) || knownGlobally(token))
  return isBare ? {} : (await commandAt("login")?.load())?.default.args
}

function knownGlobally(token: string): boolean {
  return flagNamed(GLOBAL_FLAGS, cutFlag(token).name) !== null
}
