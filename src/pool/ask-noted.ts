import { askRefresh } from "../authority/ask-refresh.ts"
import type { Locator } from "../authority/locator.ts"
import { readPathState } from "../authority/read-state-of.ts"
import type { RefreshAnswer } from "../domain/authority/refresh.ts"
import { describeIdentity } from "../domain/identity.ts"
import { pairHash } from "../domain/pair.ts"
import type { StoredLogin } from "../domain/stored-login.ts"
import type { LabelKey } from "../ledger/ledger.ts"
import { now } from "../system/clock.ts"
import { AimError } from "../system/errors.ts"
import { beginInflight, clearInflight } from "../vault/inflight.ts"
import type { Lease } from "../vault/vault.ts"
import { withAuthority } from "./authority.ts"
import { noting } from "./authority-reach.ts"
import type { Pool } from "./pool.ts"
import type { PostedPair } from "./settle.ts"
import { stateName } from "./state-name.ts"

/** What an authority said to a request to renew a label; `unreached`: nobody there has heard it. */
export type Asked = RefreshAnswer | { kind: "unreached" } | { kind: "unanswered" }

type Question = {
  locator: Locator
  stored: StoredLogin
  posted: PostedPair
  /** The names of the states that have asked each other for it so far. */
  via: readonly string[]
}

/** Nothing ran on the other side: it can't have posted anything. */
const NOT_ASKED: ReadonlySet<string> = new Set([
  "ssh_missing",
  "authority_unreachable",
  "authority_host_key_changed",
  "authority_host_key_unknown",
  "authority_permission_denied",
  "authority_state_missing",
])

/**
 * Asks an authority to renew a label, and notes on disk before that the pair may be spent there, as
 * before a POST of aim's own (design §3): an answer that never comes must not make this machine post
 * it as well. Under the label's lease.
 */
export async function askNoted(
  pool: Pool,
  lease: Lease,
  key: LabelKey,
  question: Question,
): Promise<Asked> {
  const { stored, posted } = question
  const identity = describeIdentity(stored.identity)
  await beginInflight(pool.vault, lease, key, { ...posted, identity, at: now() })
  const asked = await ask(pool, key, question)
  const settled = !["unanswered", "unreached", "cannot"].includes(asked.kind)
  if (settled || (!posted.mayBeSpent && asked.kind !== "unanswered"))
    await clearInflight(pool.vault, lease, key)
  return asked
}

async function ask(pool: Pool, key: LabelKey, question: Question): Promise<Asked> {
  const { locator } = question
  if (locator.kind === "path" && !(await isReadable(pool, locator))) return { kind: "unreached" }
  try {
    return await noting(pool, locator, () => answerOf(pool, key, question))
  } catch (error) {
    if (!(error instanceof AimError)) throw error
    return { kind: NOT_ASKED.has(error.problem.code) ? "unreached" : "unanswered" }
  }
}

async function isReadable(pool: Pool, locator: Extract<Locator, { kind: "path" }>) {
  try {
    await noting(pool, locator, () => readPathState(locator))
    return true
  } catch (error) {
    if (error instanceof AimError) return false
    throw error
  }
}

async function answerOf(
  pool: Pool,
  key: LabelKey,
  { locator, stored, via }: Question,
): Promise<RefreshAnswer> {
  const known = pairHash(stored.refresh)
  const asked = [...via, await stateName(pool)]
  if (locator.kind === "ssh") return askRefresh(pool.homes, locator, key, known, asked)
  // The two rooms stand on each other: an authority on this machine refreshes as this one does.
  const { refreshForConsumer } = await import("./refresh-for-consumer.ts")
  return withAuthority(pool, locator, (there) => refreshForConsumer(there, key, known, asked))
}
