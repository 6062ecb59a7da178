import { portableAccount } from "../authority/portable.ts"
import type { Document } from "../document.ts"
import type { JsonObject } from "../login.ts"
import type { OfLabel } from "../stored-login.ts"
import { applyItem } from "./apply.ts"
import { importEntry, putImportEntry } from "./block.ts"
import { planLabel } from "./foresee.ts"

/**
 * The document with an authority's record of one imported label taken in, by the rules of an import;
 * the same document where it is not newer than the login here, or where both have changed.
 */
export function takeUpstream(
  document: Document,
  { provider, label }: OfLabel,
  upstream: JsonObject,
  at: number,
): Document {
  const account = Object.hasOwn(document.accounts, label) ? document.accounts[label] : undefined
  if (account === undefined || importEntry(document, provider, label) === null) return document
  const offer = {
    accounts: { [label]: portableAccount(provider, account) },
    credentials: { [label]: upstream },
  }
  const fixed = { source: "", sameSource: true, discardDirty: false }
  const item = planLabel({ document, provider, offer, at, ...fixed }, label)
  if (item.change !== "updated") return document
  return putImportEntry(applyItem(document, { provider, at }, item), provider, label, item.entry)
}
