import { contradiction, expectationOf } from "../adopt/expect.ts"
import { asObject, type Document, providerOf } from "../document.ts"
import { compareIdentities } from "../identity.ts"
import type { Label } from "../label.ts"
import { compareLabels } from "../label-order.ts"
import type { JsonObject } from "../login.ts"
import { PROVIDER_IDS, type ProviderId } from "../provider-id.ts"
import { orderOf, pairOfRecord, type StoredPair } from "../stored-pair.ts"

/** A login as a state file stores it. */
export type StoredLogin = {
  provider: ProviderId
  label: Label
  record: JsonObject
  pair: StoredPair
}

/** Every login of a state file that has a refresh token, in label order. */
export function storedLogins(document: Document): StoredLogin[] {
  return PROVIDER_IDS.flatMap((provider) => {
    const records = Object.entries(document.credentials[provider] ?? {})
    const logins = records.flatMap(([label, value]): StoredLogin[] => {
      const record = asObject(value)
      const pair = record === null ? null : pairOfRecord(provider, record)
      return record === null || pair === null ? [] : [{ provider, label, record, pair }]
    })
    return logins.sort((a, b) => compareLabels(a.label, b.label))
  })
}

/**
 * The label of `backup` that a login of the present file belongs to: by its tokens, then by its
 * identity (its own name first), then by its name, where the backup's label has no login or nobody
 * can read whose the two are. Null when the backup has no label for it.
 */
export function ownerInBackup(backup: Document, login: StoredLogin): Label | null {
  const own = (one: StoredLogin) => one.label === login.label
  const candidates = storedLogins(backup)
    .filter(({ provider }) => provider === login.provider)
    .sort((a, b) => Number(own(b)) - Number(own(a)))
  const linked = candidates.find(({ pair }) => isLinked(pair, login.pair))
  if (linked !== undefined) return linked.label
  const relation = ({ pair }: StoredLogin) => compareIdentities(pair.identity, login.pair.identity)
  const same = candidates.find((one) => relation(one) === "same")
  if (same !== undefined) return same.label
  const namesake = candidates.find(own)
  if (namesake !== undefined) return relation(namesake) === "unknown" ? login.label : null
  return takes(backup, login) ? login.label : null
}

/** One is the other, or remembers the other. */
function isLinked(a: StoredPair, b: StoredPair): boolean {
  const unnamed = (pair: StoredPair): StoredPair => {
    return { ...pair, identity: { ...pair.identity, users: [], workspace: null } }
  }
  return [orderOf(unnamed(a), unnamed(b)), orderOf(unnamed(b), unnamed(a))].some(
    (order) => order !== "stranger",
  )
}

/** A label of the backup without a login may have the one that bears its name now. */
function takes(backup: Document, { provider, label, pair }: StoredLogin): boolean {
  const account = Object.hasOwn(backup.accounts, label) ? asObject(backup.accounts[label]) : null
  if (account === null || providerOf(account) !== provider) return false
  return contradiction(expectationOf(account), pair.identity) === null
}
