import { asObject, type Document, isEnabled, labelsOf } from "../domain/document.ts"
import type { LabelKey } from "../ledger/ledger.ts"
import type { Target } from "../targets/target.ts"
import { keyOf } from "./pool.ts"

/** The pool of a target: its provider's enabled labels, in label order. */
export function enabledKeys(document: Document, target: Target): LabelKey[] {
  return labelsOf(document, target.provider)
    .filter((label) => isEnabled(asObject(document.accounts[label]) ?? {}))
    .map((label) => keyOf(target.provider, label))
}
