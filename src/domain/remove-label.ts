import { asObject, type Document, targetBlock } from "./document.ts"
import { patchTarget, putAccount, putCredential } from "./document-edits.ts"
import type { Label } from "./label.ts"
import type { ProviderId } from "./provider-id.ts"

/** The document without a label, its login, and whatever names it; no client's file is meant. */
export function withoutLabel(document: Document, label: Label, provider: ProviderId): Document {
  let next = putCredential(putAccount(document, label, null), provider, label, null)
  for (const key of Object.keys(next.targets)) {
    const block = targetBlock(next, key)
    if (block.activeLabel === label) {
      next = patchTarget(next, key, { activeLabel: undefined, expectedAccountId: undefined })
    }
    const homes = asObject(block.sourceHomes)
    if (homes !== null) {
      const kept = Object.entries(homes).filter(([, entry]) => asObject(entry)?.label !== label)
      next = patchTarget(next, key, { sourceHomes: Object.fromEntries(kept) })
    }
    const assignments = asObject(block.assignments)
    if (assignments !== null) {
      const kept = Object.entries(assignments).filter(([, assigned]) => assigned !== label)
      next = patchTarget(next, key, { assignments: Object.fromEntries(kept) })
    }
  }
  return next
}
