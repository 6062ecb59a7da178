import { EMPTY_DOCUMENT } from "../domain/document.ts"
import { shellWord } from "../domain/shell-word.ts"
import { fail } from "../system/errors.ts"
import { readText } from "../system/read-file.ts"
import { newestGoodBackup } from "./backups.ts"
import { LARGEST_STATE, type ParsedState, parseState, type Refusal } from "./parse.ts"
import type { VaultPaths } from "./vault.ts"

/** The file as it stands: its tree, and the text and mode that a commit compares and backs up. */
export type StateOnDisk = ParsedState & {
  /** Null when there is no file. Holds tokens: it never leaves this room. */
  text: string | null
  mode: number
}

/** Reads the vault's file without changing anything; stops with a `state_…` problem. */
export async function readState(paths: VaultPaths, parse = parseState): Promise<StateOnDisk> {
  const file = await readText(paths.realFile, LARGEST_STATE)
  if (file.kind === "absent")
    return { kind: "state", document: EMPTY_DOCUMENT, original: {}, text: null, mode: 0 }
  if (file.kind === "unreadable") return refuse(paths, unreadable(file.why))
  const parsed = parse(file.text)
  if (parsed.kind === "refused") return refuse(paths, parsed)
  return { ...parsed, text: file.text, mode: file.mode }
}

function unreadable(why: string): Refusal {
  switch (why) {
    case "too_large":
      return {
        kind: "refused",
        code: "state_too_large",
        what: `is larger than ${LARGEST_STATE / 1024 / 1024} MiB, which no state of aim comes near`,
      }
    case "not_a_file":
      return { kind: "refused", code: "state_not_a_file", what: "is a folder or a device" }
    case "not_utf8":
      return { kind: "refused", code: "state_broken", what: "is not UTF-8 text" }
    default:
      return { kind: "refused", code: "state_unreadable", what: `can't be read (${why})` }
  }
}

async function refuse(paths: VaultPaths, refusal: Refusal): Promise<never> {
  return fail(
    refusal.code,
    `the state file ${paths.file} ${refusal.what}; nothing was changed`,
    await wayOut(paths, refusal.code),
  )
}

async function wayOut(paths: VaultPaths, code: string): Promise<string> {
  switch (code) {
    case "state_newer":
      return "a newer aim wrote it: update aim on this machine, then run the command again"
    case "state_unknown_schema":
    case "state_unversioned":
      return "another program wrote it: name aim's own file with --state, or move this one away"
    case "state_unreadable":
    case "state_not_a_file":
      return `check what stands there and its permissions: ls -ld ${shellWord(paths.realFile)}`
  }
  const backup = await newestGoodBackup(paths)
  const target = shellWord(paths.realFile)
  const mend = code === "state_duplicate_key" ? "remove one of the two in an editor, or " : ""
  return backup === null
    ? `${mend}no good backup lies beside it: mend it, or begin anew with: mv ${target} ${shellWord(`${paths.realFile}.damaged`)}`
    : `${mend}put the newest good backup back: aim restore ${shellWord(backup.path)}`
}
