import { sha256 } from "../system/hash.ts"
import type { Secret } from "../system/secret.ts"
import { SECOND } from "../system/time.ts"
import { compareIdentities, type Identity } from "./identity.ts"
import { claimTime, readClaims } from "./jwt.ts"

/** One access and refresh token issued together, with what is needed to compare two of them. */
export type Pair = {
  access: Secret
  refresh: Secret
  expiresAt: number | null
  identity: Identity
  /** When its client says that it was issued, epoch ms: what an opaque token has instead of `iat`. */
  refreshedAt?: number | null
}

/** How a store's pair stands to the vault's pair of one label (design §1, "newer"). */
export type PairRelation = "same" | "older" | "newer" | "conflict" | "blank" | "stranger"

export const FORMER_PAIRS_KEPT = 50

/** A Secret never changes, and a login in a store is compared with every label's. */
const hashes = new WeakMap<Secret, string>()

/** The name of a pair where a token must not stand: SHA-256 of its refresh token. */
export function pairHash(refresh: Secret): string {
  const known = hashes.get(refresh)
  if (known !== undefined) return known
  const hash = sha256(refresh.reveal())
  hashes.set(refresh, hash)
  return hash
}

/**
 * Compares a store's pair with the vault's. `blank` is a dead login, never a rotation;
 * `stranger` is another identity (or one that can't be read and shares no token); `conflict` is
 * an unknown pair of this identity whose access token was issued before the vault's.
 */
export function comparePairs(
  stored: Pair & { formerPairs: readonly string[] },
  live: Pair,
): PairRelation {
  if (live.refresh.blank) return "blank"
  if (live.refresh.equals(stored.refresh)) return compareAccess(stored, live)
  if (stored.formerPairs.includes(pairHash(live.refresh))) return "older"
  const identity = compareIdentities(stored.identity, live.identity)
  if (identity === "different") return "stranger"
  if (identity === "unknown" && !live.access.equals(stored.access)) return "stranger"
  if (live.access.blank) return "blank"
  return issuedBefore(live, stored) ? "conflict" : "newer"
}

/**
 * An issuer may answer a refresh with an access token alone (Codex CLI 0.169.0 then keeps its
 * refresh token): of two pairs with one refresh token, the later access token is the newer pair.
 * An access token for another workspace (Codex can switch it within one login) is none of them.
 */
function compareAccess(stored: Pair, live: Pair): "same" | "older" | "newer" | "stranger" {
  if (live.access.blank || live.access.equals(stored.access)) return "same"
  if (compareIdentities(stored.identity, live.identity) === "different") return "stranger"
  if (issuedBefore(stored, live)) return "newer"
  return issuedBefore(live, stored) ? "older" : "same"
}

/** The list of former pairs after `outgoing` has been replaced: newest last, each once, last 50. */
export function withFormerPair(former: readonly string[], outgoing: Secret): string[] {
  if (outgoing.blank) return [...former]
  const hash = pairHash(outgoing)
  return [...former.filter((known) => known !== hash), hash].slice(-FORMER_PAIRS_KEPT)
}

/**
 * False where nothing says that `live` was issued after `stored`: no times, or opaque tokens whose
 * estimated ends lie so near that their order may be the estimate's.
 */
export function areDated(stored: Pair, live: Pair): boolean {
  return timesOf(stored, live).some(({ first, second, slack }) => {
    if (first == null || second == null) return false
    return second >= first || first - second > slack
  })
}

/**
 * By `iat` where both tokens carry it, else by their own `exp`. For an opaque token the expiry is
 * somebody's estimate (the issuer's `expires_in` here, eight days there), so the time at which the
 * clients got them comes first. Unknown times decide nothing.
 */
function issuedBefore(a: Pair, b: Pair): boolean {
  for (const { first, second, slack } of timesOf(a, b))
    if (first != null && second != null) return first < second - slack
  return false
}

/** An issuer rounds `expires_in` to seconds, and each client counts from when it got the reply. */
const ESTIMATE_SLACK = 5 * SECOND

type Times = { first: number | null | undefined; second: number | null | undefined; slack: number }

/** What both may say of when they were issued, best first. */
function timesOf(a: Pair, b: Pair): Times[] {
  const [claimsA, claimsB] = [readClaims(a.access), readClaims(b.access)]
  return [
    { first: claimTime(claimsA, "iat"), second: claimTime(claimsB, "iat"), slack: 0 },
    { first: claimTime(claimsA, "exp"), second: claimTime(claimsB, "exp"), slack: 0 },
    { first: a.refreshedAt, second: b.refreshedAt, slack: 0 },
    { first: a.expiresAt, second: b.expiresAt, slack: ESTIMATE_SLACK },
  ]
}
