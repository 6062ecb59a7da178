import { asObject, type Document, targetBlock } from "./document.ts"
import { patchTarget } from "./document-edits.ts"
import type { Label } from "./label.ts"

/**
 * A login that is about to be taken out of a client's home: of which label it was, the home by its
 * real path, and the hash of its refresh token, by which the next aim knows it.
 */
export type PruneIntent = { label: Label; home: string; pair: string; at: string }

/** What was begun and never finished in the homes of one client, by its key under `targets`. */
export function pruneIntents(document: Document, vaultKey: string): PruneIntent[] {
  const entries = asObject(targetBlock(document, vaultKey).pruneIntents) ?? {}
  return Object.entries(entries).flatMap(([home, entry]): PruneIntent[] => {
    const { label, pair, at } = asObject(entry) ?? {}
    const isWhole = typeof label === "string" && typeof pair === "string"
    return isWhole ? [{ label, home, pair, at: typeof at === "string" ? at : "" }] : []
  })
}

/** The document that says it: one intent a home, the last one counts. */
export function withPruneIntent(
  document: Document,
  vaultKey: string,
  { home, ...entry }: PruneIntent,
): Document {
  const others = asObject(targetBlock(document, vaultKey).pruneIntents) ?? {}
  return patchTarget(document, vaultKey, { pruneIntents: { ...others, [home]: entry } })
}

/** The document without the intent of one home; the same document where there is none. */
export function withoutPruneIntent(document: Document, vaultKey: string, home: string): Document {
  const intents = asObject(targetBlock(document, vaultKey).pruneIntents)
  if (intents === null || !Object.hasOwn(intents, home)) return document
  const { [home]: _done, ...others } = intents
  const left = Object.keys(others).length > 0 ? others : undefined
  return patchTarget(document, vaultKey, { pruneIntents: left })
}
