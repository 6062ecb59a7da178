import { Secret } from "../system/secret.ts"
import { parseIso } from "../system/time.ts"
import { claudeRecordIdentity } from "./claude/identity.ts"
import { recordIdentity } from "./credential.ts"
import type { Identity } from "./identity.ts"
import { claimTime, readClaims } from "./jwt.ts"
import type { JsonObject } from "./login.ts"
import { comparePairs, type Pair, pairHash } from "./pair.ts"
import type { ProviderId } from "./provider-id.ts"

/** A stored pair with the hashes of those that it has taken the place of. */
export type StoredPair = Pair & { formerPairs: readonly string[] }

/**
 * The pair in a credential record of either provider, complete or not; null where no refresh token
 * stands.
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
    identity: identityOf(provider, record),
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

const IDENTITY: Record<ProviderId, (record: JsonObject) => Identity> = {
  "openai-codex": recordIdentity,
  anthropic: claudeRecordIdentity,
}

/** Whose login a record holds, as far as it says; some program may have left it incomplete. */
export function identityOf(provider: ProviderId, record: JsonObject): Identity {
  return IDENTITY[provider](record)
}

function tokenOf(value: unknown): Secret | null {
  return value instanceof Secret ? value : null
}
