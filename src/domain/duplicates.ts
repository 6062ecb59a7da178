import { codexCredential, type Document, labelsOf } from "./document.ts"
import type { Label } from "./label.ts"
import { pairHash } from "./pair.ts"

/**
 * Another label that stores the same pair, or has held it before: one login under two names, as a
 * hand-made state file can have it. Posting such a pair twice would look like theft to the issuer
 * and may cost both labels, so nobody posts it until one name is gone. Null for a pair of its own.
 */
export function duplicateOf(document: Document, label: Label): Label | null {
  const mine = codexCredential(document, label)
  if (mine === null) return null
  const hash = pairHash(mine.refresh)
  const other = labelsOf(document, "openai-codex").find((name) => {
    const theirs = name === label ? null : codexCredential(document, name)
    if (theirs === null) return false
    return theirs.refresh.equals(mine.refresh) || (theirs.formerPairs ?? []).includes(hash)
  })
  return other ?? null
}
