import type { ProviderId } from "./provider-id.ts"

/**
 * Who a login belongs to: provider, user and workspace, never an e-mail alone (design §1).
 * `users` are the user ids by the claim that they were read from, strongest first; `null`
 * members were not readable.
 */
export type Identity = {
  provider: ProviderId
  users: readonly UserId[]
  workspace: string | null
  /** Shown to people; never compared. */
  email: string | null
}

export type UserId = { claim: string; id: string }

/**
 * `same` and `different` only when user and workspace can be compared; else `unknown`, and
 * then only token equality identifies a login. User ids are compared under the strongest claim
 * that both sides carry, so that an id token and an access token of one login never differ.
 */
export function compareIdentities(a: Identity, b: Identity): "same" | "different" | "unknown" {
  if (a.provider !== b.provider) return "different"
  if (a.workspace !== null && b.workspace !== null && a.workspace !== b.workspace)
    return "different"
  for (const { claim, id } of a.users) {
    const other = b.users.find((user) => user.claim === claim)
    if (other === undefined) continue
    if (other.id !== id) return "different"
    return a.workspace !== null && b.workspace !== null ? "same" : "unknown"
  }
  return "unknown"
}

/** One line for people: `boss@example.com (workspace ws_1, user user-1)`. */
export function describeIdentity(identity: Identity): string {
  const user = identity.users[0]?.id ?? "unknown user"
  const who = `user ${user}, workspace ${identity.workspace ?? "unknown"}`
  return identity.email === null ? who : `${identity.email} (${who})`
}
