import { asObject, credentialRecord, providerOf } from "../document.ts"
import type { Label } from "../label.ts"
import { compareLabels } from "../label-order.ts"
import type { JsonObject } from "../login.ts"
import { pairOfRecord, type StoredPair } from "../stored-pair.ts"
import { importBlock } from "./block.ts"
import { isOneLogin } from "./decide.ts"
import type { ImportInput } from "./plan.ts"

/**
 * The labels that were renamed at the authority since the last import: gone there under the name that
 * they have here, while a name that is new here has the login of the same person. What stands here
 * (homes, browser, the client that is on it) goes with them, and a change here is not in the way.
 */
export function renamesThere(input: ImportInput): { from: Label; label: Label }[] {
  const { document, provider, offer, sameSource } = input
  if (!sameSource) return []
  const isFree = (label: Label) =>
    !Object.hasOwn(document.accounts, label) && credentialRecord(document, provider, label) === null
  const free = Object.keys(offer.accounts).filter(isFree).sort(compareLabels)
  const renames: { from: Label; label: Label }[] = []
  for (const from of importBlock(document, provider).labels) {
    const mine = goneThere(input, from)
    const label = free.find((each) => {
      const theirs = pairOf(input, offer.credentials, each)
      const taken = renames.some((rename) => rename.label === each)
      return !taken && mine !== null && theirs !== null && isOneLogin(mine, theirs)
    })
    if (label !== undefined) renames.push({ from, label })
  }
  return renames
}

/** The login here of a label that the authority has under this name no more; null for none. */
function goneThere(input: ImportInput, label: Label): StoredPair | null {
  const { document, provider, offer } = input
  const account = Object.hasOwn(document.accounts, label) ? document.accounts[label] : undefined
  const isOurs = providerOf(asObject(account) ?? {}) === provider
  if (!isOurs || Object.hasOwn(offer.accounts, label)) return null
  return pairOf(input, document.credentials[provider] ?? {}, label)
}

function pairOf(
  { provider }: ImportInput,
  records: { readonly [label: Label]: JsonObject },
  label: Label,
): StoredPair | null {
  const record = Object.hasOwn(records, label) ? asObject(records[label]) : null
  return record === null ? null : pairOfRecord(provider, record)
}
