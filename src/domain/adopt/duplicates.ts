import { type Document, labelsOf } from "../document.ts"
import type { Label } from "../label.ts"
import { pairHash } from "../pair.ts"
import type { ProviderId } from "../provider-id.ts"
import { type OfLabel, storedLogin } from "../stored-login.ts"

/**
 * Another label that stores the same pair, or has held it before: one login under two names, as a
 * hand-made state file can have it. Posting such a pair twice would look like theft to the issuer
 * and may cost both labels, so nobody posts it until one name is gone. Null for a pair of its own.
 */
export function duplicateOf(document: Document, { provider, label }: OfLabel): Label | null {
  const mine = storedLogin(document, { provider, label })
  if (mine === null) return null
  const holders = holdersOf(document, provider).get(pairHash(mine.refresh)) ?? []
  return holders.find((name) => name !== label) ?? null
}

/** Documents never change, and a status asks for every label. */
const known = new WeakMap<Document, Map<ProviderId, ReadonlyMap<string, Label[]>>>()

/** By the hash of a pair, the labels that store it or have held it, in label order. */
function holdersOf(document: Document, provider: ProviderId): ReadonlyMap<string, Label[]> {
  const providers = known.get(document) ?? new Map()
  known.set(document, providers)
  const before = providers.get(provider)
  if (before !== undefined) return before
  const holders = new Map<string, Label[]>()
  for (const label of labelsOf(document, provider)) {
    const stored = storedLogin(document, { provider, label })
    if (stored === null) continue
    const { refresh, formerPairs } = stored
    for (const hash of new Set([pairHash(refresh), ...formerPairs]))
      holders.set(hash, [...(holders.get(hash) ?? []), label])
  }
  providers.set(provider, holders)
  return holders
}
