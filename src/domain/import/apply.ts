import { sha256 } from "../../system/hash.ts"
import { isoTime } from "../../system/time.ts"
import { credentialRecord, type Document } from "../document.ts"
import { putAccount, putCredential } from "../document-edits.ts"
import { credentialFingerprint } from "../fingerprint.ts"
import type { JsonObject } from "../login.ts"
import { quarantineStored } from "../quarantine.ts"
import { withoutLabel } from "../remove-label.ts"
import { withLabelRenamed } from "../rename-label.ts"
import { putImport } from "./block.ts"
import { type ImportItem, type ImportPlan, renamedIn } from "./plan.ts"

/**
 * The document after an import. It takes the plan alone, so that nothing else is done than what was
 * foreseen; the document must be the one that the plan was made of (see {@link isSamePlan}), and no
 * label may be in conflict.
 */
export function applyImport(document: Document, plan: ImportPlan): Document {
  const { provider, source, at, items } = plan
  const named = renamedIn(plan).reduce(
    (next, { from, label }) => withLabelRenamed(next, provider, from, label),
    document,
  )
  const changed = items.reduce((next, item) => applyItem(next, plan, item), named)
  const entries: [string, JsonObject][] = items.flatMap(({ label, entry }) =>
    entry === null ? [] : [[label, entry]],
  )
  const importedAt = isoTime(at)
  return putImport(changed, provider, { source, importedAt, entries: Object.fromEntries(entries) })
}

/** The document after one label of an import; what is noted of the import is left to the caller. */
export function applyItem(
  document: Document,
  { provider, at }: Pick<ImportPlan, "provider" | "at">,
  item: ImportItem,
): Document {
  const { label, change, kept, account, credential } = item
  const note = { id: entryId(document, provider, item), at, label, reason: kept ?? "" }
  const safe = kept === null ? document : quarantineStored(document, provider, label, note)
  if (change === "removed") return withoutLabel(safe, label, provider)
  if (account === null) return safe
  const stored = credentialRecord(safe, provider, label)
  const based = putAccount(safe, label, account)
  return stored === credential ? based : putCredential(based, provider, label, credential)
}

/** The same login gives the same id however often an import is applied. */
function entryId(document: Document, provider: ImportPlan["provider"], { label }: ImportItem) {
  const record = credentialRecord(document, provider, label)
  return sha256(`${label}\n${credentialFingerprint(provider, record)}`).slice(0, 8)
}

/** True where two plans do the very same: nothing has moved since the first one was made. */
export function isSamePlan(a: ImportPlan, b: ImportPlan): boolean {
  return printOf(a) === printOf(b)
}

function printOf({ provider, source, items }: ImportPlan): string {
  const prints = items.map(({ credential, ...item }) => {
    const { label, change, reason, kept, dirty, from, settings } = item
    const print = credentialFingerprint(provider, credential)
    return [label, change, reason, kept, dirty, from ?? null, settings, print]
  })
  return JSON.stringify([provider, source, prints])
}
