import type { Document } from "../document.ts"
import { type Label, parseLabel, parseNewLabel } from "../label.ts"
import type { JsonObject } from "../login.ts"
import type { ProviderId } from "../provider-id.ts"

/** A fresh account record with the reference program's keys (aimgr 4404b27). */
export function newAccount(provider: ProviderId): JsonObject {
  return { provider, expect: {}, browser: null, reauth: {}, pool: { enabled: true } }
}

/** A label as typed that a login is to become: an existing one, or a name that a new one may bear. */
export function labelForLogin(document: Document, typed: string): Label {
  const label = parseLabel(typed)
  return Object.hasOwn(document.accounts, label) ? label : parseNewLabel(typed)
}
