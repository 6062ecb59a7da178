import { asObject, type Document } from "../domain/document.ts"
import { patchTarget } from "../domain/document-edits.ts"
import type { Label } from "../domain/label.ts"
import type { Store } from "../domain/store.ts"
import { isoTime } from "../system/time.ts"
import type { Target } from "../targets/target.ts"

/** The document that remembers a home as a store of the label; a client's own home needs no memory. */
export function rememberHome(
  document: Document,
  target: Target,
  store: Store,
  label: Label,
  at: number,
): Document {
  if (store.primary) return document
  const homes = asObject(asObject(document.targets[target.vaultKey])?.sourceHomes) ?? {}
  if (asObject(homes[store.realHome])?.label === label) return document
  const sourceHomes = { ...homes, [store.realHome]: { label, capturedAt: isoTime(at) } }
  return patchTarget(document, target.vaultKey, { sourceHomes })
}
