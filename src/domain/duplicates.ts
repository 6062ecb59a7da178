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
  const holders = holdersOf(document).get(pairHash(mine.refresh)) ?? []
  return holders.find((name) => name !== label) ?? null
}

/** Documents never change, and a status asks for every label. */
const known = new WeakMap<Document, ReadonlyMap<string, Label[]>>()

/** By the hash of a pair, the labels that store it or have held it, in label order. */
function holdersOf(document: Document): ReadonlyMap<string, Label[]> {
  const before = known.get(document)
  if (before !== undefined) return before
  const holders = new Map<string, Label[]>()
  for (const label of labelsOf(document, "openai-codex")) {
    const credential = codexCredential(document, label)
    if (credential === null) continue
    const { refresh, formerPairs = [] } = credential
    for (const hash of new Set([pairHash(refresh), ...formerPairs]))
      holders.set(hash, [...(holders.get(hash) ?? []), label])
  }
  known.set(document, holders)
  return holders
}
