import { asObject, type Document, targetBlock } from "./document.ts"
import { patchTarget } from "./document-edits.ts"
import { compareIdentities, type Identity } from "./identity.ts"
import type { Label } from "./label.ts"
import type { JsonObject, Login } from "./login.ts"
import { pairHash } from "./pair.ts"
import type { ProviderId } from "./provider-id.ts"

/**
 * A login that an import left in a client's home when its label went: of which label it was, the
 * home by its real path, the hash of its refresh token, and whose it is, since the client renews it.
 */
export type Orphan = { label: Label; home: string; pair: string; identity: Identity }

/** What an import left in the homes of one client, by its key under `targets`. */
export function orphansIn(document: Document, vaultKey: string, provider: ProviderId): Orphan[] {
  return Object.entries(entriesOf(document, vaultKey)).flatMap(([home, entry]): Orphan[] => {
    const { label, pair, ...whose } = asObject(entry) ?? {}
    if (typeof label !== "string" || typeof pair !== "string") return []
    return [{ label, home, pair, identity: identityIn(whose, provider) }]
  })
}

/** The document that says that a login was left in a home; without one, that none is there any more. */
export function withOrphan(
  document: Document,
  vaultKey: string,
  home: string,
  left: { label: Label; login: Login } | null,
): Document {
  const entries = entriesOf(document, vaultKey)
  if (left === null && !Object.hasOwn(entries, home)) return document
  const { [home]: _before, ...others } = entries
  const all = left === null ? others : { ...others, [home]: entryOf(left) }
  return patchTarget(document, vaultKey, {
    orphanedLogins: Object.keys(all).length > 0 ? all : undefined,
  })
}

/** True for the login that was left, or what its client has made of it since. */
export function isOrphan({ pair, identity }: Orphan, login: Login): boolean {
  return pairHash(login.refresh) === pair || compareIdentities(identity, login.identity) === "same"
}

function entriesOf(document: Document, vaultKey: string): JsonObject {
  return asObject(targetBlock(document, vaultKey).orphanedLogins) ?? {}
}

function entryOf({ label, login }: { label: Label; login: Login }): JsonObject {
  const { users, workspace } = login.identity
  return {
    label,
    pair: pairHash(login.refresh),
    users: users.map((user) => ({ ...user })),
    workspace,
  }
}

function identityIn({ users, workspace }: JsonObject, provider: ProviderId): Identity {
  const known = (Array.isArray(users) ? users : []).flatMap((user: unknown) => {
    const { claim, id } = asObject(user) ?? {}
    return typeof claim === "string" && typeof id === "string" ? [{ claim, id }] : []
  })
  const place = typeof workspace === "string" ? workspace : null
  return { provider, users: known, workspace: place, email: null }
}
