import { type Fetched, fetchOffer } from "../authority/fetch-offer.ts"
import { authorityKey, type Locator } from "../authority/locator.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import { now } from "../system/clock.ts"
import { AimError } from "../system/errors.ts"
import { sha256 } from "../system/hash.ts"
import { MINUTE } from "../system/time.ts"
import type { Pool } from "./pool.ts"

const FIRST_WAIT = 5 * MINUTE
const LONGEST_WAIT = 60 * MINUTE

/** In the ledger's cache: how often an authority was not reached in a row, and when last. */
const PRINT = "1"

/**
 * True while an authority that could not be reached is to be let alone: 5 minutes after the first
 * failure, twice as long after each further one, an hour at most. Asking costs a tick seconds.
 */
export function shallWait(pool: Pool, locator: Locator): boolean {
  const { failures, at } = failuresOf(pool, locator)
  if (failures === 0) return false
  const wait = Math.min(FIRST_WAIT * 2 ** (failures - 1), LONGEST_WAIT)
  const since = now() - at
  return since >= 0 && since < wait
}

/** As `fetchOffer`, and remembers whether it went well. */
export async function fetchNoted(
  pool: Pool,
  locator: Locator,
  provider: ProviderId,
): Promise<Fetched> {
  return noting(pool, locator, () => fetchOffer(pool.homes, locator, provider))
}

/** Does something that an authority must answer to, and remembers whether it did. */
export async function noting<T>(pool: Pool, locator: Locator, work: () => Promise<T>): Promise<T> {
  try {
    const value = await work()
    noteReached(pool, locator)
    return value
  } catch (error) {
    if (error instanceof AimError) noteFailure(pool, locator)
    throw error
  }
}

/** Notes that an authority did not answer. */
function noteFailure(pool: Pool, locator: Locator): void {
  const failures = failuresOf(pool, locator).failures + 1
  pool.ledger.keepDigest(nameOf(locator), PRINT, { failures, at: now() })
}

/** Notes that it did. */
function noteReached(pool: Pool, locator: Locator): void {
  if (failuresOf(pool, locator).failures === 0) return
  pool.ledger.keepDigest(nameOf(locator), PRINT, { failures: 0, at: now() })
}

function failuresOf(pool: Pool, locator: Locator): { failures: number; at: number } {
  const { failures, at } = pool.ledger.digest(nameOf(locator), PRINT) ?? {}
  return {
    failures: typeof failures === "number" ? failures : 0,
    at: typeof at === "number" ? at : 0,
  }
}

function nameOf(locator: Locator): string {
  return `authority:${sha256(authorityKey(locator)).slice(0, 16)}`
}
