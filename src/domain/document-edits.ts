import { asObject, type Document, type QuarantineEntry, targetBlock } from "./document.ts"
import type { Label } from "./label.ts"
import type { JsonObject } from "./login.ts"
import type { ProviderId } from "./provider-id.ts"

/** The document with a label's account record replaced; null removes the account. */
export function putAccount(document: Document, label: Label, account: JsonObject | null): Document {
  return { ...document, accounts: put(document.accounts, label, account) }
}

/** The document with a label's credential record replaced; null removes it. */
export function putCredential(
  document: Document,
  provider: ProviderId,
  label: Label,
  record: JsonObject | null,
): Document {
  const records = put(document.credentials[provider] ?? {}, label, record)
  return { ...document, credentials: { ...document.credentials, [provider]: records } }
}

/** The document with some keys of a target's block set; a key set to `undefined` is removed. */
export function patchTarget(document: Document, key: string, patch: JsonObject): Document {
  const block = patched(targetBlock(document, key), patch)
  return { ...document, targets: { ...document.targets, [key]: block } }
}

/** The document with some keys of an account set; a key set to `undefined` is removed. */
export function patchAccount(document: Document, label: Label, patch: JsonObject): Document {
  return putAccount(document, label, patched(asObject(document.accounts[label]) ?? {}, patch))
}

/** The document with one more entry in quarantine. */
export function addQuarantine(document: Document, entry: QuarantineEntry): Document {
  return { ...document, quarantine: [...(document.quarantine ?? []), entry] }
}

/** The document without one quarantine entry. */
export function dropQuarantine(document: Document, id: string): Document {
  return { ...document, quarantine: (document.quarantine ?? []).filter((entry) => entry.id !== id) }
}

function put<T>(
  map: { readonly [key: string]: T },
  key: string,
  value: T | null,
): { [key: string]: T } {
  const { [key]: _old, ...rest } = map
  if (value === null) return rest
  return Object.hasOwn(map, key) ? { ...map, [key]: value } : { ...rest, [key]: value }
}

function patched(object: JsonObject, patch: JsonObject): JsonObject {
  const result: Record<string, unknown> = { ...object, ...patch }
  for (const [key, value] of Object.entries(patch)) if (value === undefined) delete result[key]
  return result
}
