import type { Document } from "../domain/document.ts"
import { readText } from "../system/read-file.ts"
import { LARGEST_STATE, parseState } from "./parse.ts"
import type { VaultPaths } from "./vault.ts"

/**
 * The document for somebody who can do without it: null where there is none, or one that is
 * damaged, newer or another program's. Migrates in memory only, looks at no backup, and says
 * nothing of what is wrong.
 */
export async function peekDocument(paths: VaultPaths): Promise<Document | null> {
  const file = await readText(paths.realFile, LARGEST_STATE)
  const state = file.kind === "text" ? parseState(file.text) : null
  return state?.kind === "state" ? state.document : null
}
