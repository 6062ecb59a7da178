import { Secret } from "../system/secret.ts"
import { parseIso } from "../system/time.ts"
import { codexIdentity } from "./codex-identity.ts"
import { asObject } from "./document.ts"
import type { Identity } from "./identity.ts"
import { claimTime, readClaims } from "./jwt.ts"
import type { JsonObject } from "./login.ts"
import { comparePairs, type Pair, pairHash } from "./pair.ts"
import type { ProviderId } from "./provider-id.ts"

/** A stored pair with the hashes of those that it has taken the place of. */
export type StoredPair = Pair & { formerPairs: readonly string[] }

/**
 * The pair in a credential record of either provider, complete or not; null where no refresh token
 * stands. Claude's identity is what stands beside its tokens (aimgr 4404b27: the account's uuid,
 * else the e-mail, with the organisation's uuid).
 */
export function pairOfRecord(provider: ProviderId, record: JsonObject): StoredPair | null {
  const refresh = tokenOf(record.refresh)
  if (refresh === null || refresh.blank) return null
  const access = tokenOf(record.access) ?? new Secret("")
  const former = Array.isArray(record.formerPairs) ? record.formerPairs : []
  return {
    access,
    refresh,
    expiresAt: claimTime(readClaims(access), "exp") ?? parseIso(record.expiresAt),
    refreshedAt: parseIso(record.lastRefresh),
    identity: provider === "anthropic" ? claudeIdentity(record) : ofCodex(record, access),
    formerPairs: former.filter((hash): hash is string => typeof hash === "string"),
  }
}

/** How a second pair stands to a first one: which is later, or that it is hard or not to be said. */
export type Order = "same" | "later" | "earlier" | "conflict" | "stranger"

/**
 * As `comparePairs`, where both pairs remember their predecessors: a pair that remembers the other
 * one is later, whatever the times in its tokens say.
 */
export function orderOf(first: StoredPair, second: StoredPair): Order {
  const relation = comparePairs(first, second)
  if (relation === "same" || relation === "stranger") return relation
  // An access token is missing: nothing says which of the two is good.
  if (relation === "blank") return "conflict"
  const follows = second.formerPairs.includes(pairHash(first.refresh))
  if (relation === "newer" || (relation === "conflict" && follows)) return "later"
  return relation === "conflict" ? "conflict" : "earlier"
}

function ofCodex(record: JsonObject, access: Secret): Identity {
  const accountId = typeof record.accountId === "string" ? record.accountId : null
  return codexIdentity({ access, idToken: tokenOf(record.idToken), accountId })
}

function claudeIdentity(record: JsonObject): Identity {
  const account = asObject(asObject(record.nativeClaudeBundle)?.oauthAccount) ?? {}
  const uuid = text(account.accountUuid)
  const email = (text(account.emailAddress) ?? text(record.emailAddress))?.toLowerCase() ?? null
  const users = [
    ...(uuid === null ? [] : [{ claim: "accountUuid", id: uuid }]),
    ...(email === null ? [] : [{ claim: "emailAddress", id: email }]),
  ]
  const workspace = text(account.organizationUuid) ?? text(record.organizationUuid)
  return { provider: "anthropic", users, workspace, email }
}

function tokenOf(value: unknown): Secret | null {
  return value instanceof Secret ? value : null
}

function text(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null
}
