import { newAccount } from "../adopt/new-account.ts"
import { asObject } from "../document.ts"
import { compareIdentities } from "../identity.ts"
import { completeLogin, type JsonObject } from "../login.ts"
import { FORMER_PAIRS_KEPT, pairHash } from "../pair.ts"
import type { ProviderId } from "../provider-id.ts"
import { loginInRecord } from "../stored-login.ts"
import { pairOfRecord } from "../stored-pair.ts"

/**
 * An authority's record as it is stored here: with the pairs that this machine has held besides,
 * so that a client's store that still holds one of them is known to be behind.
 */
export function importedRecord(
  provider: ProviderId,
  local: JsonObject | null,
  upstream: JsonObject,
): JsonObject {
  const [mine, theirs] = [local && pairOfRecord(provider, local), pairOfRecord(provider, upstream)]
  if (mine === null || theirs === null) return upstream
  if (compareIdentities(mine.identity, theirs.identity) === "different") return upstream
  const newest = pairHash(theirs.refresh)
  const known = [...mine.formerPairs, ...theirs.formerPairs, pairHash(mine.refresh)]
  const formerPairs = [...new Set(known.reverse())]
    .reverse()
    .filter((hash) => hash !== newest)
    .slice(-FORMER_PAIRS_KEPT)
  return formerPairs.length === 0 ? upstream : { ...upstream, formerPairs }
}

/** The same pair on both sides: the authority's record, with what only this machine has of it. */
export function completedRecord(
  provider: ProviderId,
  local: JsonObject,
  upstream: JsonObject,
): JsonObject {
  const login = loginInRecord(provider, local)
  const merged = importedRecord(provider, local, upstream)
  if (login === null) return merged
  const { access, refresh, expiresAt, identity } = login
  return completeLogin(merged, { provider, access, refresh, expiresAt, identity, fields: local })
}

/**
 * An imported account (aimgr 4404b27 §6.5): whose login it must have and its place in the pool are
 * the authority's, everything else is this machine's. With a new login, what stood against the old
 * one is taken back.
 */
export function importedAccount(
  provider: ProviderId,
  local: JsonObject | null,
  upstream: JsonObject,
  isNewLogin: boolean,
): JsonObject {
  const based = local ?? newAccount(provider)
  const { blockedReason, ...reauth } = asObject(based.reauth) ?? {}
  const stands = isNewLogin || blockedReason === undefined ? {} : { blockedReason }
  const native = provider === "anthropic"
  return {
    ...based,
    provider,
    expect: asObject(upstream.expect) ?? asObject(based.expect) ?? {},
    browser: native ? null : (based.browser ?? null),
    reauth: { ...reauth, ...stands, ...(native ? { mode: "native-claude" } : {}) },
    pool: asObject(upstream.pool) ?? asObject(based.pool) ?? { enabled: true },
  }
}
