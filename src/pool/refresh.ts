import { duplicateOf } from "../domain/adopt/duplicates.ts"
import type { Document } from "../domain/document.ts"
import { pairHash } from "../domain/pair.ts"
import { isDue, standingVerdict } from "../domain/readiness.ts"
import type { Store } from "../domain/store.ts"
import { type StoredLogin, storedLogin } from "../domain/stored-login.ts"
import type { LabelKey } from "../ledger/ledger.ts"
import { now } from "../system/clock.ts"
import { AimError } from "../system/errors.ts"
import { LOCK_TIMEOUT } from "../system/locks.ts"
import type { Secret } from "../system/secret.ts"
import { protect, unlessEnding } from "../system/signals.ts"
import { CLIENT_LOCK_TIMEOUT } from "../targets/target.ts"
import { clearInflight, NO_PAIR, readInflight } from "../vault/inflight.ts"
import type { Lease } from "../vault/vault.ts"
import { againstPost } from "./against-post.ts"
import { askAuthority, lookAtAuthority } from "./ask-authority.ts"
import { captureNewest } from "./capture.ts"
import { type Healed, refillBlanked, writeOlder } from "./heal.ts"
import type { Pool } from "./pool.ts"
import { endPost, postPair } from "./post.ts"
import { type PostStore, withPostLocks, withStoresToPost } from "./post-locks.ts"
import type { RefreshOutcome } from "./refresh-outcome.ts"
import { type PostedPair, settleReply } from "./settle.ts"
import { settleExchange } from "./settle-exchange.ts"

/** Another aim, or the client itself, is at work on this label. */
const BUSY: ReadonlySet<string> = new Set([LOCK_TIMEOUT, CLIENT_LOCK_TIMEOUT])

/**
 * True: refresh whatever is left. An access token: as if due, because the issuer has refused it,
 * unless another aim has replaced it meanwhile. A tick: due by the time until the next look (ms).
 */
export type Force = boolean | { refused: Secret } | { tickMs: number }

/** A refresh that another machine's aim has asked for. */
export type AskedFor = {
  /** The names of the states that have asked each other for it so far: none is asked twice. */
  via?: readonly string[]
  /** How long to wait for another aim that is at work on the label, ms. */
  waitMs?: number
}

/**
 * Refreshes one label if it is due (or `force`), at most one POST; takes the label's lease. A lease
 * that another aim keeps for too long is this label's trouble alone: `busy`. `mine` is a store whose
 * target lock the caller holds.
 */
export async function refreshLabel(
  pool: Pool,
  key: LabelKey,
  force: Force = false,
  mine: Store | null = null,
  asked: AskedFor = {},
): Promise<RefreshOutcome> {
  try {
    return await withStoresToPost(pool, key, mine, (stores) =>
      pool.vault.withLabels(
        [key],
        (lease) => refreshHeld(pool, lease, key, force, stores, asked.via),
        asked.waitMs,
      ),
    )
  } catch (error) {
    if (!(error instanceof AimError) || !BUSY.has(error.problem.code)) throw error
    return { kind: "busy", detail: error.problem.message }
  }
}

/**
 * As {@link refreshLabel} under a lease that the caller holds. First finishes what an
 * interrupted refresh left, then reads the stored pair and every live store again: a newer pair
 * there is captured and nothing is posted (design §3). An imported label's authority is asked
 * before anything is posted, and looked at before a login counts as dead.
 */
async function refreshHeld(
  pool: Pool,
  lease: Lease,
  key: LabelKey,
  force: Force,
  stores: readonly PostStore[],
  via: readonly string[] = [],
): Promise<RefreshOutcome> {
  const outcome = await refreshHere(pool, lease, key, force, stores, via)
  if (outcome.kind !== "dead") return outcome
  return (await lookAtAuthority(pool, lease, key)) ?? outcome
}

async function refreshHere(
  pool: Pool,
  lease: Lease,
  key: LabelKey,
  force: Force,
  stores: readonly PostStore[],
  via: readonly string[],
): Promise<RefreshOutcome> {
  const left = await finishInflight(pool, lease, key)
  if (left.kind === "settled" && left.outcome.kind === "refreshed") return left.outcome
  const captured = await captureNewest(pool, lease, key)
  if (captured !== null) {
    await clearInflight(pool.vault, lease, key)
    return { kind: "captured", store: captured.store }
  }
  const { document } = await pool.vault.read()
  const credential = storedLogin(document, key)
  if (credential === null) return { kind: "no_login" }
  const verdict = standingVerdict(credential)
  if (verdict !== null) return { kind: "dead", reason: verdict.reason, known: true }
  const unanswered = left.kind === "unanswered"
  const wanted = isForced(force, credential) || unanswered || isDueFor(force, credential)
  if (!wanted) return { kind: "not_due" }
  const twin = duplicateOf(document, key)
  if (twin !== null) return { kind: "duplicate", of: twin }
  const against = await againstPost(pool, document, key)
  if (against !== null) return against
  const found = stores.length === 0 ? null : await foundAtAuthority(pool, lease, key)
  if (found === "due") return refreshHere(pool, lease, key, force, stores, via)
  const posted = { pair: pairHash(credential.refresh), mayBeSpent: unanswered }
  const outcome = await withPostLocks(stores, async () => {
    await unlessEnding()
    if (found !== null) return reaching(pool, key, stores, found)
    const theirs = await askAuthority(pool, lease, key, posted, via)
    if (theirs !== null) return reaching(pool, key, stores, theirs)
    await unlessEnding()
    return protect(() => postAndReach(pool, lease, key, document, posted, stores))
  })
  if (outcome.kind === "refreshed" || outcome.kind === "taken")
    for (const { target, store } of stores)
      await orNamed(() => refillBlanked(pool, target, store, key.label))
  return outcome
}

/**
 * What an imported label's authority has that is newer, taken; "due" where that must be renewed
 * itself, null for nothing. It is looked at before a client is kept from its own refresh: a machine
 * that can't be reached takes ten seconds to find out, and Claude Code waits for eight.
 */
async function foundAtAuthority(
  pool: Pool,
  lease: Lease,
  key: LabelKey,
): Promise<RefreshOutcome | "due" | null> {
  const found = await lookAtAuthority(pool, lease, key)
  if (found === null) return null
  await clearInflight(pool.vault, lease, key)
  const { document } = await pool.vault.read()
  const stored = storedLogin(document, key)
  return stored === null || isDue(stored, now()) ? "due" : found
}

/**
 * The POST, and what came of it in the stores whose clients wait for it: no signal comes between,
 * since a client that is let go before would post the spent pair. A store that can't be written is
 * the caller's to heal and to name, like any other.
 */
async function postAndReach(
  pool: Pool,
  lease: Lease,
  key: LabelKey,
  document: Document,
  posted: PostedPair,
  stores: readonly PostStore[],
): Promise<RefreshOutcome> {
  return reaching(pool, key, stores, await postPair(pool, lease, key, document, posted))
}

/** Brings a new pair to the stores whose clients wait for it. */
async function reaching(
  pool: Pool,
  key: LabelKey,
  stores: readonly PostStore[],
  outcome: RefreshOutcome,
): Promise<RefreshOutcome> {
  if (outcome.kind !== "refreshed" && outcome.kind !== "taken") return outcome
  const reached: Healed[] = []
  for (const { target, store } of stores) {
    const healed = await orNamed(() => writeOlder(pool, target, store, key.label, true))
    if (healed?.outcome === "reached") reached.push(healed)
  }
  return reached.length === 0 ? outcome : { ...outcome, stores: reached }
}

/** Null for a store that can't be written now: whoever heals the stores afterwards names it. */
function orNamed<T>(write: () => Promise<T>): Promise<T | null> {
  return write().catch((error: unknown) => {
    if (!(error instanceof AimError)) throw error
    return null
  })
}

function isForced(force: Force, credential: StoredLogin): boolean {
  if (typeof force === "boolean") return force
  return "refused" in force && credential.access.equals(force.refused)
}

function isDueFor(force: Force, credential: StoredLogin): boolean {
  const tick = typeof force === "object" && "tickMs" in force ? force.tickMs : undefined
  return isDue(credential, now(), tick)
}

export type Left =
  | { kind: "nothing" }
  | { kind: "settled"; outcome: RefreshOutcome }
  /** A POST without its reply: the stored pair may be spent. */
  | { kind: "unanswered" }

/**
 * Finishes what an interrupted refresh of this label left on disk; under its lease. A reply is
 * settled now. Without a reply, the note stays until the pair has been replaced or posted again.
 */
export async function finishInflight(pool: Pool, lease: Lease, key: LabelKey): Promise<Left> {
  const inflight = await readInflight(pool.vault, key)
  if (inflight === null) return { kind: "nothing" }
  const { reply } = inflight
  if (reply !== null && inflight.pair === NO_PAIR) {
    await protect(() => settleExchange(pool, key, reply, inflight.at))
    await clearInflight(pool.vault, lease, key)
    return { kind: "nothing" }
  }
  if (reply !== null) {
    const posted = { pair: inflight.pair, mayBeSpent: inflight.mayBeSpent }
    const outcome = await protect(() => settleReply(pool, key, posted, reply, inflight.at))
    const ended = await endPost(pool, lease, key, posted, outcome, inflight.at)
    return ended ? { kind: "settled", outcome } : { kind: "unanswered" }
  }
  const { document } = await pool.vault.read()
  const stored = storedLogin(document, key)
  if (stored !== null && pairHash(stored.refresh) === inflight.pair) return { kind: "unanswered" }
  await clearInflight(pool.vault, lease, key)
  return { kind: "nothing" }
}
