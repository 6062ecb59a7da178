import { asObject, type Document } from "../document.ts"
import { dropQuarantine, putCredential } from "../document-edits.ts"
import { compareIdentities } from "../identity.ts"
import type { Label } from "../label.ts"
import { pairHash } from "../pair.ts"
import type { ProviderId } from "../provider-id.ts"
import { pairOfRecord } from "../stored-pair.ts"
import { remembering } from "./login.ts"
import type { StoredLogin } from "./owner.ts"

/**
 * The document with the login in quarantine that grew out of what a label stores as that label's:
 * such a one remembers the stored pair, which is therefore spent. Its entry leaves quarantine. The
 * very same document where there is none.
 */
export function withSuccessor(document: Document, provider: ProviderId, label: Label): Document {
  const stored = loginIn(provider, label, document.credentials[provider]?.[label])
  if (stored === null) return document
  for (const entry of document.quarantine ?? []) {
    const kept = loginIn(provider, label, entry.credential)
    if (kept === null || !follows(kept, stored)) continue
    const { record } = remembering(kept, stored)
    const grown = putCredential(document, provider, label, record)
    // What grew out of that one may be there as well.
    return withSuccessor(dropQuarantine(grown, entry.id), provider, label)
  }
  return document
}

function loginIn(provider: ProviderId, label: Label, value: unknown): StoredLogin | null {
  const record = asObject(value)
  const pair = record === null ? null : pairOfRecord(provider, record)
  return record === null || pair === null ? null : { provider, label, record, pair }
}

function follows({ pair: later }: StoredLogin, { pair: earlier }: StoredLogin): boolean {
  return (
    !later.access.blank &&
    later.formerPairs.includes(pairHash(earlier.refresh)) &&
    !earlier.formerPairs.includes(pairHash(later.refresh)) &&
    compareIdentities(later.identity, earlier.identity) !== "different"
  )
}
