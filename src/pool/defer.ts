import type { Document } from "../domain/document.ts"
import { pairHash } from "../domain/pair.ts"
import { standingVerdict } from "../domain/readiness.ts"
import type { Holder } from "../domain/store.ts"
import { type StoredLogin, storedLogin } from "../domain/stored-login.ts"
import type { LabelKey } from "../ledger/ledger.ts"
import { awakeMoment } from "../system/awake-clock.ts"
import { now } from "../system/clock.ts"
import { SECOND } from "../system/time.ts"
import type { Pool } from "./pool.ts"
import { type Held, storeKey, storesHolding } from "./stores.ts"

/** How long the same pair must have been seen in a home before aim acts beside an open client. */
const SETTLED_AFTER = 60 * SECOND

/** A client that may be posting this label's pair at this moment, so aim keeps its hands off. */
export type Deferral = {
  store: string
  holders: Holder[]
  unreadable: boolean
  retryInSeconds: number
}

/**
 * Whether a client may be refreshing this label just now (design §3, "Due"): its live pair has
 * less than the client's own refresh window left, a process of this user has the home open, and
 * the same pair has not been seen there for 60 s. The same holds for a pair that somebody else
 * has spent. Null when aim may post or switch.
 */
export async function clientMayBeRefreshing(
  pool: Pool,
  document: Document,
  key: LabelKey,
): Promise<Deferral | null> {
  for (const held of await storesHolding(pool, document, key)) {
    const deferral = await mayBeRefreshing(pool, document, held)
    if (deferral !== null) return deferral
  }
  return null
}

/**
 * The issuer says that somebody else has posted the stored pair: that may be this client, whose
 * reply is still on its way and would be dropped if the home changed now (Codex 0.169.0).
 */
function wasSpentByAnother(stored: StoredLogin | null): boolean {
  return stored !== null && standingVerdict(stored)?.reason === "refresh_token_reused"
}

/**
 * Why to leave a store alone that was just read, whatever label it holds or none: its client may be
 * renewing that login. Null where nothing speaks for it.
 */
export async function mayBeRefreshing(
  pool: Pool,
  document: Document,
  { target, store, readback, owner }: Held,
): Promise<Deferral | null> {
  // A client with a lock for its refresh is waited for there.
  if (target.withPostLock !== null) return null
  if (readback.kind !== "login" || owner?.relation === "older") return null
  const stored =
    owner === null ? null : storedLogin(document, { provider: target.provider, label: owner.label })
  const expiry = readback.login.expiresAt ?? stored?.expiresAt ?? null
  const at = now()
  const lasts = expiry !== null && expiry - at >= target.refreshWindowMs
  if (lasts && !wasSpentByAnother(stored)) return null
  const { holders, unreadable } = await target.holders(store)
  if (holders.length === 0 && !unreadable) return null
  // The client may have slept with the machine, its reply unread: only time awake says anything.
  const moment = await awakeMoment()
  const pair = pairHash(readback.login.refresh)
  const left = SETTLED_AFTER - (moment.ms - pool.ledger.sight(storeKey(store), pair, moment, at))
  if (left <= 0) return null
  return { store: store.home, holders, unreadable, retryInSeconds: Math.ceil(left / SECOND) }
}
