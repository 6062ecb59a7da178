import { asObject, credentialRecord, type Document, targetBlock } from "./document.ts"
import { patchTarget, putAccount, putCredential } from "./document-edits.ts"
import { importEntry, putImportEntry } from "./import/block.ts"
import type { Label } from "./label.ts"
import type { ProviderId } from "./provider-id.ts"

/**
 * The document in which a label is called otherwise, with its login, what is noted of its import,
 * and everything that names it; nothing may stand under the new name yet.
 */
export function withLabelRenamed(
  document: Document,
  provider: ProviderId,
  from: Label,
  to: Label,
): Document {
  const account = asObject(document.accounts[from]) ?? {}
  const record = credentialRecord(document, provider, from)
  const entry = importEntry(document, provider, from)
  let next = putAccount(putAccount(document, from, null), to, account)
  next = putCredential(next, provider, from, null)
  if (record !== null) next = putCredential(next, provider, to, record)
  if (entry !== null) {
    next = putImportEntry(next, provider, from, null)
    next = putImportEntry(next, provider, to, entry)
  }
  for (const key of Object.keys(next.targets)) next = renamedIn(next, key, from, to)
  return next
}

function renamedIn(document: Document, key: string, label: Label, to: Label): Document {
  const block = targetBlock(document, key)
  const patch: Record<string, unknown> = {}
  if (block.activeLabel === label) patch.activeLabel = to
  const intent = asObject(block.switchIntent)
  if (intent?.label === label) patch.switchIntent = { ...intent, label: to }
  const homes = asObject(block.sourceHomes)
  if (homes !== null) {
    patch.sourceHomes = mapValues(homes, (entry) =>
      asObject(entry)?.label === label ? { ...asObject(entry), label: to } : entry,
    )
  }
  const assignments = asObject(block.assignments)
  if (assignments !== null)
    patch.assignments = mapValues(assignments, (name) => (name === label ? to : name))
  return Object.keys(patch).length === 0 ? document : patchTarget(document, key, patch)
}

function mapValues(object: object, change: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]))
}
