import { credentialRecord, type Document } from "../document.ts"
import { credentialFingerprint } from "../fingerprint.ts"
import { baseFields } from "../import/base.ts"
import { importEntry, putImportEntry } from "../import/block.ts"
import type { Label } from "../label.ts"
import type { JsonObject } from "../login.ts"
import type { ProviderId } from "../provider-id.ts"
import type { Promotion } from "./promotion.ts"

/**
 * The document after an authority took a promotion: what was sent is what it has now. A label that
 * has been renewed here meanwhile stays dirty, with the new base.
 */
export function markPromoted(
  document: Document,
  provider: ProviderId,
  { labels }: Pick<Promotion, "labels">,
  observedAt: string,
): Document {
  return Object.entries(labels).reduce(
    (next, [label, { credential }]) =>
      markAsThere(next, provider, label, credential, { lastPromotedAt: observedAt }),
    document,
  )
}

/** The document with the authority's record of a label noted as the base of what stands here. */
function markAsThere(
  document: Document,
  provider: ProviderId,
  label: Label,
  there: JsonObject,
  also: JsonObject = {},
): Document {
  const entry = importEntry(document, provider, label)
  if (entry === null) return document
  const { dirtyObservedAt, ...rest } = entry
  const here = credentialRecord(document, provider, label)
  const dirtyLocal =
    credentialFingerprint(provider, here) !== credentialFingerprint(provider, there)
  return putImportEntry(document, provider, label, {
    ...rest,
    ...baseFields(provider, there),
    dirtyLocal,
    ...(dirtyLocal && dirtyObservedAt !== undefined ? { dirtyObservedAt } : {}),
    ...also,
  })
}
