import { pairHash } from "../domain/pair.ts"
import { storedLogin } from "../domain/stored-login.ts"
import type { LabelKey } from "../ledger/ledger.ts"
import type { Grant } from "../providers/login-flow.ts"
import { now } from "../system/clock.ts"
import { protect } from "../system/signals.ts"
import { beginInflight, clearInflight, keepReply, NO_PAIR } from "../vault/inflight.ts"
import type { Lease } from "../vault/vault.ts"
import { insist } from "./insist.ts"
import { loginFlowOf, type Pool } from "./pool.ts"
import { finishInflight } from "./refresh.ts"
import { type ExchangeOutcome, settleExchange } from "./settle-exchange.ts"

/**
 * Exchanges a code once for a new pair of the label, under its lease, as a refresh is posted (design
 * §3): noted on disk before, the raw reply on disk before anything reads it. What an interrupted
 * refresh of the label left is finished first; where its pair may be spent, that stays noted until
 * a new pair has replaced it.
 */
export function exchangeCode(
  pool: Pool,
  lease: Lease,
  key: LabelKey,
  grant: Grant,
): Promise<ExchangeOutcome> {
  return protect(async () => {
    const left = await finishInflight(pool, lease, key)
    const unanswered = left.kind === "unanswered" ? await storedPair(pool, key) : null
    const note = { pair: NO_PAIR, mayBeSpent: false, identity: "a new login", at: now() }
    await beginInflight(pool.vault, lease, key, note)
    const outcome = await post(pool, lease, key, grant)
    await clearInflight(pool.vault, lease, key)
    if (outcome.kind !== "logged_in" && unanswered !== null) {
      const again = { pair: unanswered, mayBeSpent: true, identity: "as posted before", at: now() }
      await beginInflight(pool.vault, lease, key, again)
    }
    return outcome
  })
}

async function storedPair(pool: Pool, key: LabelKey): Promise<string | null> {
  const stored = storedLogin((await pool.vault.read()).document, key)
  return stored === null ? null : pairHash(stored.refresh)
}

async function post(
  pool: Pool,
  lease: Lease,
  key: LabelKey,
  grant: Grant,
): Promise<ExchangeOutcome> {
  const flow = await loginFlowOf(pool, key.provider)
  const answer = await flow.exchange(grant)
  if (answer.kind !== "reply") return { kind: "failed", detail: answer.detail }
  const at = now()
  const kept = await keepReply(pool.vault, lease, key, answer.reply, at).then(
    () => true,
    () => false,
  )
  const settle = () => settleExchange(pool, key, answer.reply, at)
  return kept ? settle() : insist(settle)
}
