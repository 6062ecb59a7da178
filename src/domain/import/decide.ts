import { credentialFingerprint } from "../fingerprint.ts"
import { compareIdentities } from "../identity.ts"
import type { JsonObject } from "../login.ts"
import { pairHash } from "../pair.ts"
import type { ProviderId } from "../provider-id.ts"
import { loginInRecord } from "../stored-login.ts"
import { orderOf, pairOfRecord, type StoredPair } from "../stored-pair.ts"
import { differsFromBase, type ImportBase } from "./base.ts"
import type { ImportChange, ImportItem, ImportReason } from "./plan.ts"
import { completedRecord, importedRecord } from "./record.ts"

/** What both sides have of one label that both know. */
export type Sides = {
  provider: ProviderId
  /** The records as they stand; one that is no usable login counts as none. */
  local: JsonObject | null
  upstream: JsonObject | null
  /** What was noted at the last import; null for a label that was not imported before. */
  base: ImportBase | null
  /** Changed here since. */
  dirty: boolean
  discardDirty: boolean
}

/** What becomes of a label's login. `credential` is what stands here afterwards. */
export type Decision = Pick<ImportItem, "change" | "reason" | "credential" | "kept">

/**
 * Which of two logins of one label stays (design §1, "newer"). The authority's does, unless this
 * machine's grew out of it or was issued after it: an older copy never wins unasked. Where both
 * have changed and neither grew out of the other, nobody but the operator can say: a conflict.
 */
export function decideLogin(sides: Sides): Decision {
  const { provider, local, upstream, base, dirty } = sides
  const theirs = upstream === null ? null : loginInRecord(provider, upstream)
  if (upstream === null || theirs === null) return withoutUpstream(sides)
  const taken = (reason: ImportReason, kept: Decision["kept"] = null): Decision => ({
    change: base === null ? "added" : "updated",
    reason,
    kept,
    credential: importedRecord(provider, local, upstream),
  })
  const mine = local === null ? null : pairOfRecord(provider, local)
  if (local === null || mine === null) return taken(base === null ? "new" : "login_there")
  if (loginInRecord(provider, local) === null)
    return taken("login_there", mine.refresh.equals(theirs.refresh) ? null : "replaced")
  // Whoever discards what has changed here means the labels of that authority alone.
  const discards = sides.discardDirty && base !== null
  const otherwise = (change: "kept" | "conflict", reason: ImportReason): Decision =>
    discards ? taken("discarded_here", "discarded") : stay(change, reason, local)
  const order = orderOf(mine, theirs)
  const identity = compareIdentities(mine.identity, theirs.identity)
  if (order === "same") return sameLogin(provider, local, upstream)
  if (order === "earlier") return otherwise("kept", "newer_here")
  if (order === "stranger" && base === null)
    return stay(
      "conflict",
      identity === "different" ? "another_account" : "identity_unknown",
      local,
    )
  const grew = theirs.formerPairs.includes(pairHash(mine.refresh))
  if (order === "later" && (!dirty || grew)) return taken("newer_there")
  // Issued before ours, and nothing says that either grew out of the other.
  if (order === "conflict" && (!dirty || isAsImported(provider, base, upstream)))
    return otherwise("kept", "newer_here")
  if (dirty) return otherwise("conflict", "authority_would_overwrite_local_update")
  const changed = identity === "different" ? "account_changed_there" : "newer_there"
  return taken(changed, "replaced")
}

function withoutUpstream({ local, base, dirty, discardDirty }: Sides): Decision {
  if (local === null)
    return stay(
      base === null ? "added" : "kept",
      base === null ? "new_without_login" : "no_login",
      null,
    )
  if (base === null) return stay("conflict", "login_only_here", local)
  if (dirty && discardDirty)
    return { change: "updated", reason: "discarded_here", kept: "discarded", credential: null }
  return stay("kept", "no_login_there", local)
}

function sameLogin(provider: ProviderId, local: JsonObject, upstream: JsonObject): Decision {
  const credential = completedRecord(provider, local, upstream)
  const isNews =
    credentialFingerprint(provider, credential) !== credentialFingerprint(provider, local)
  return isNews
    ? { change: "updated", reason: "completed", kept: null, credential }
    : stay("kept", "same", credential)
}

function isAsImported(
  provider: ProviderId,
  base: ImportBase | null,
  upstream: JsonObject,
): boolean {
  return base !== null && base.fingerprint != null && !differsFromBase(provider, base, upstream)
}

function stay(change: ImportChange, reason: ImportReason, credential: JsonObject | null): Decision {
  return { change, reason, kept: null, credential }
}

/** Two logins of one person, or one login: what no import may bring under a second label. */
export function isOneLogin(a: StoredPair, b: StoredPair): boolean {
  return a.refresh.equals(b.refresh) || compareIdentities(a.identity, b.identity) === "same"
}
