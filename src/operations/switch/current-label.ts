import { activeLabel, type Document, labelsOf } from "../../domain/document.ts"
import type { Label } from "../../domain/label.ts"
import type { Held } from "../../pool/stores.ts"
import type { Target } from "../../targets/target.ts"

/** The label that the home really holds; where it holds none, the one it was switched to last. */
export function currentLabel(
  document: Document,
  target: Target,
  { readback, owner }: Held,
): Label | null {
  if (owner !== null) return owner.label
  if (readback.kind === "login" || readback.kind === "unmanaged") return null
  const recorded = activeLabel(document, target.vaultKey)
  return recorded !== null && labelsOf(document, target.provider).includes(recorded)
    ? recorded
    : null
}
