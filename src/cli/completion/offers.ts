import type { ArgDef, ArgsDef } from "citty"
import { type Candidate, KNOWN_KINDS, type KnownKind } from "../../operations/known-values.ts"
import { COMMANDS, GROUPS } from "../table/table.ts"

/**
 * What may stand at the cursor: one of these words (`orLabel`: or a label, which is opened by its
 * name alone), a path, or a word from aim's own files.
 */
export type Offer =
  | { kind: "words"; words: readonly Candidate[]; orLabel?: true }
  | { kind: "dirs" }
  | { kind: "files" }
  | { kind: "known"; what: KnownKind }

export const NOTHING: Offer = { kind: "words", words: [] }

export function wordsOf(words: readonly Candidate[]): Offer {
  return words.length === 0 ? NOTHING : { kind: "words", words }
}

/** The words that lead on from a group or command; from `aim` itself for an empty path. */
export function wordsBelow(path: string): Candidate[] {
  const prefix = path === "" ? "" : `${path} `
  const below = [...COMMANDS, ...GROUPS].filter((row) => row.path.startsWith(prefix))
  const words = new Set(below.map((row) => row.path.slice(prefix.length).split(" ")[0] ?? ""))
  const found = [...words].map((value) => {
    const row = below.find((each) => each.path === `${prefix}${value}`)
    return { value, note: row?.summary ?? "" }
  })
  return path === "" ? [...found, { value: "help", note: "show the page of a command" }] : found
}

/** The flags that do not stand on the line yet. */
export function flagsOf(args: ArgsDef, given: ReadonlyMap<string, unknown>): Candidate[] {
  return Object.entries(args)
    .filter(([name, arg]) => arg.type !== "positional" && !given.has(name))
    .map(([name, arg]) => ({ value: `--${name}`, note: arg.description ?? "" }))
}

/**
 * What may stand for an argument, by its declaration: the hint names what kind of value it is. A
 * word of the command line can't have `options` in citty, so its hint names them: `bash|zsh`.
 */
export function valuesFor(arg: ArgDef | undefined): Offer {
  const hint = arg?.valueHint ?? ""
  if (hint === "dir") return { kind: "dirs" }
  if (hint === "file") return { kind: "files" }
  const what = KNOWN_KINDS.find((kind) => kind === hint)
  if (what !== undefined) return { kind: "known", what }
  const named = arg?.type === "positional" && hint !== "" ? hint.split("|") : []
  const choices = arg?.type === "enum" ? (arg.options ?? []) : named
  return wordsOf(choices.map((value) => ({ value, note: "" })))
}
