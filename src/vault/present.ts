import type { Document } from "../domain/document.ts"
import { shellWord } from "../domain/shell-word.ts"
import { fail } from "../system/errors.ts"
import { readBytes } from "../system/read-bytes.ts"
import { LARGEST_STATE, parseState } from "./parse.ts"
import { salvage } from "./salvage.ts"
import type { VaultPaths } from "./vault.ts"

/** The vault's file as a restore finds it, whatever stands there. */
export type Present =
  | { kind: "absent" }
  /** A file as every command reads it. */
  | { kind: "good"; document: Document; text: string }
  /** A file that aim refuses; `document`: the logins in it, as far as they can be read. */
  | { kind: "refused"; code: string; document: Document | null; bytes: Uint8Array }

/** Reads the vault's file without a lock; stops where a file is that can't be read at all. */
export async function readPresent(paths: VaultPaths): Promise<Present> {
  const file = await readBytes(paths.realFile)
  if (file.kind === "absent") return file
  if (file.kind === "unreadable") return unreadable(paths, file.why)
  const { bytes } = file
  const text = bytes.byteLength > LARGEST_STATE ? null : textOf(bytes)
  if (text === null) return { kind: "refused", code: "state_broken", document: null, bytes }
  const state = parseState(text)
  if (state.kind === "state") return { kind: "good", document: state.document, text }
  return { kind: "refused", code: state.code, document: salvage(text), bytes }
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

function unreadable(paths: VaultPaths, why: string): never {
  return fail(
    why === "not_a_file" ? "state_not_a_file" : "state_unreadable",
    why === "not_a_file"
      ? `where the state file belongs, ${paths.file}, stands a folder or a device`
      : `the state file ${paths.file} can't be read (${why}), so it can't be kept either`,
    `check what stands there and its permissions: ls -ld ${shellWord(paths.realFile)}`,
  )
}
