import type { Locator } from "../authority/locator.ts"
import { ASKED_IN_A_CIRCLE, type RefreshAnswer } from "../domain/authority/refresh.ts"
import { noteVerdict } from "../domain/credential-edits.ts"
import { importEntry } from "../domain/import/block.ts"
import { takeUpstream } from "../domain/import/take-upstream.ts"
import type { JsonObject } from "../domain/login.ts"
import { pairHash } from "../domain/pair.ts"
import { type StoredLogin, storedLogin } from "../domain/stored-login.ts"
import type { LabelKey } from "../ledger/ledger.ts"
import { now } from "../system/clock.ts"
import { AimError } from "../system/errors.ts"
import { assertHeld } from "../vault/lease.ts"
import type { Lease } from "../vault/vault.ts"
import { askNoted } from "./ask-noted.ts"
import { isSelf, recordedAuthority } from "./authority.ts"
import { fetchNoted, shallWait } from "./authority-reach.ts"
import { commit } from "./commit.ts"
import type { Pool } from "./pool.ts"
import { lastLook } from "./post.ts"
import type { RefreshOutcome } from "./refresh-outcome.ts"
import type { PostedPair } from "./settle.ts"

/**
 * Asks the authority of an imported label for a newer pair, before aim posts the one it has: a pair
 * is posted by one process, and that is the authority's. Null where aim posts itself: the label is
 * of this machine, nobody can be reached there, or what is there is no aim and has none newer. One
 * that was asked and whose answer never came may have spent the pair: then it is asked again, and
 * nothing is posted here as long as the access token lives. The caller holds the label's lease, and
 * the locks under which clients post; `via` names the states that asked for it so far.
 */
export async function askAuthority(
  pool: Pool,
  lease: Lease,
  key: LabelKey,
  posted: PostedPair,
  via: readonly string[],
): Promise<RefreshOutcome | null> {
  assertHeld(lease, key)
  const locator = await authorityOf(pool, key)
  if (locator === null) return null
  const { document } = await pool.vault.read()
  const stored = storedLogin(document, key)
  if (stored === null) return null
  const serves = stored.expiresAt !== null && stored.expiresAt > now()
  const waiting = posted.mayBeSpent && serves ? unanswered(locator) : null
  if (shallWait(pool, locator) && (waiting !== null || !posted.mayBeSpent)) return waiting
  // The authority may post the very pair that a client here holds: what forbids ours forbids that.
  const news = await lastLook(pool, lease, key, document)
  if (news !== null) return news
  const asked = await askNoted(pool, lease, key, { locator, stored, posted, via })
  if (asked.kind === "unreached") return waiting
  if (asked.kind === "unanswered") return posted.mayBeSpent ? waiting : unanswered(locator)
  return judged(pool, key, locator, stored, asked)
}

function unanswered({ display }: Locator): RefreshOutcome {
  return {
    kind: "transient",
    detail: `${display}, where the label came from, was asked to renew it and did not answer; it is asked again`,
  }
}

/**
 * Looks whether the authority of an imported label has a newer pair than the one that the issuer
 * refuses, and takes it; null for none. Under the label's lease.
 */
export async function lookAtAuthority(
  pool: Pool,
  lease: Lease,
  key: LabelKey,
): Promise<RefreshOutcome | null> {
  assertHeld(lease, key)
  const locator = await authorityOf(pool, key)
  return locator === null || shallWait(pool, locator) ? null : look(pool, key, locator)
}

async function judged(
  pool: Pool,
  key: LabelKey,
  locator: Locator,
  stored: StoredLogin,
  answer: RefreshAnswer,
): Promise<RefreshOutcome | null> {
  switch (answer.kind) {
    case "pair":
      return take(pool, key, locator, answer.record)
    case "same":
      return { kind: "not_due" }
    case "dead": {
      const { reason } = answer
      await commit(pool, (document) =>
        noteVerdict(document, key, pairHash(stored.refresh), reason, now()),
      )
      return { kind: "dead", reason, known: false }
    }
    case "cannot":
      return cannot(pool, key, locator, answer.why)
  }
}

/** What is there is no aim of ours, or too old a one: then its state file is looked into. */
const NO_AIM: ReadonlySet<string> = new Set(["no_aim", "foreign_aim", "reference", "too_old"])
/** It has nothing to renew, or waits for this very answer: the label is left to this machine. */
const NOTHING: ReadonlySet<string> = new Set(["unknown_label", "no_login", ASKED_IN_A_CIRCLE])

async function cannot(
  pool: Pool,
  key: LabelKey,
  locator: Locator,
  why: string,
): Promise<RefreshOutcome | null> {
  if (NO_AIM.has(why)) return look(pool, key, locator)
  if (NOTHING.has(why)) return null
  const detail = `${locator.display}, where the label came from, could not renew it (${why})`
  return ["busy", "deferred", "duplicate"].includes(why)
    ? { kind: "busy", detail }
    : { kind: "transient", detail }
}

async function look(pool: Pool, key: LabelKey, locator: Locator): Promise<RefreshOutcome | null> {
  const fetched = await orNull(() => fetchNoted(pool, locator, key.provider))
  const { credentials = {} } = fetched?.offer ?? {}
  const record = Object.hasOwn(credentials, key.label) ? credentials[key.label] : undefined
  return record === undefined ? null : take(pool, key, locator, record)
}

/** Takes the authority's pair if it is newer than the one here; null where it is not. */
async function take(
  pool: Pool,
  key: LabelKey,
  { display }: Locator,
  record: JsonObject,
): Promise<RefreshOutcome | null> {
  let taken = false
  await commit(pool, (document) => {
    const after = takeUpstream(document, key, record, now())
    taken = after !== document
    return after
  })
  return taken ? { kind: "taken", from: display } : null
}

/** The authority of an imported label; null where that is this machine. */
async function authorityOf(pool: Pool, key: LabelKey): Promise<Locator | null> {
  const { document } = await pool.vault.read()
  if (importEntry(document, key.provider, key.label) === null) return null
  const locator = recordedAuthority(pool, document, key.provider)
  return locator === null || (await isSelf(pool, locator)) ? null : locator
}

/** Whatever stops the way to an authority, its label is this machine's to keep alive. */
async function orNull<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AimError) return null
    throw error
  }
}
