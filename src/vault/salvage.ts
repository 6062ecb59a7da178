import { asObject, type Document, EMPTY_DOCUMENT } from "../domain/document.ts"
import type { JsonObject } from "../domain/login.ts"
import { seal } from "../system/secret.ts"

/**
 * What can be told of a state file that aim refuses (a newer or unknown schema, a wrong type, the
 * same key twice), as long as it is JSON: the logins in it, for a restore that must lose none.
 * Null where nothing can be read. Nothing of it is trusted beyond the shape of a login.
 */
export function salvage(text: string): Document | null {
  const tree = asObject(parsed(text))
  if (tree === null) return null
  const credentials = objectsIn(tree.credentials).map(
    ([provider, records]) => [provider, Object.fromEntries(objectsIn(records))] as const,
  )
  const quarantine = Array.isArray(tree.quarantine) ? tree.quarantine : []
  return {
    ...EMPTY_DOCUMENT,
    accounts: Object.fromEntries(objectsIn(tree.accounts)),
    credentials: Object.fromEntries(credentials),
    quarantine: quarantine.filter((entry) => asObject(asObject(entry)?.credential) !== null),
  }
}

function parsed(text: string): unknown {
  try {
    return seal(JSON.parse(text.replace(/^\ufeff/, "")))
  } catch {
    return null
  }
}

function objectsIn(value: unknown): [string, JsonObject][] {
  return Object.entries(asObject(value) ?? {}).flatMap(([key, item]): [string, JsonObject][] => {
    const object = asObject(item)
    return object === null ? [] : [[key, object]]
  })
}
