import { failUsage } from "../system/errors.ts"

/** The operator's name for an account. */
export type Label = string

/** First words of the command line; a new label may not hide behind one (old ones still open). */
export const COMMAND_WORDS = [
  "account",
  "apply",
  "auth",
  "authority",
  "autopin",
  "browser",
  "capacity",
  "claude",
  "codex",
  "completions",
  "config",
  "default",
  "demo",
  "doctor",
  "gateway",
  "help",
  "hermes",
  "history",
  "internal",
  "login",
  "open",
  "openclaw",
  "pi",
  "pin",
  "promote",
  "quarantine",
  "rebalance",
  "refresh",
  "restore",
  "run",
  "schedule",
  "schema",
  "serve",
  "set",
  "show",
  "status",
  "sync",
  "update",
  "use",
  "version",
  "why",
] as const

const GRAMMAR = /^[a-z0-9][a-z0-9_-]*$/
const RESERVED: ReadonlySet<string> = new Set(COMMAND_WORDS)

/** Trimmed and lower-cased as the reference program does it, or null when it is no label. */
export function asLabel(text: string): Label | null {
  const label = text.trim().toLowerCase()
  return GRAMMAR.test(label) ? label : null
}

/** A label as typed by a person; stops with exit 2 when the text can't be one. */
export function parseLabel(text: string): Label {
  const label = asLabel(text)
  if (label !== null) return label
  return failUsage(
    "invalid_label",
    `\`${text}\` is not a label`,
    "a label is a letter or digit followed by letters, digits, `_` or `-`, such as `boss` or `qa-2`",
  )
}

/** A name for a label that is about to be made: besides the grammar, no command may bear it. */
export function parseNewLabel(text: string): Label {
  const label = parseLabel(text)
  if (!isReserved(label)) return label
  return failUsage(
    "reserved_label",
    `\`${label}\` is a command of aim and can't name a new label`,
    `choose another name, such as \`${label}-1\``,
  )
}

/** True for a command's word: no new label may bear it, and an old one is named behind its command. */
export function isReserved(label: Label): boolean {
  return RESERVED.has(label)
}
