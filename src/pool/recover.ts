import type { LabelKey } from "../ledger/ledger.ts"
import { AimError } from "../system/errors.ts"
import { listInflight } from "../vault/inflight.ts"
import type { Pool } from "./pool.ts"
import { finishInflight, type Left } from "./refresh.ts"
import type { RefreshOutcome } from "./refresh-outcome.ts"

/**
 * Finishes every interrupted refresh whose reply lies on disk; each under its label's lease.
 * Every mutating command begins with it. Gives what came of each. A label whose lease another
 * aim holds is left to that one, and a post to an issuer that this aim does not know to one that
 * does. What can't be finished stays, and stops nobody but the refresh of its own label.
 */
export async function recoverReplies(
  pool: Pool,
): Promise<{ key: LabelKey; outcome: RefreshOutcome }[]> {
  const finished: { key: LabelKey; outcome: RefreshOutcome }[] = []
  for (const key of await listInflight(pool.vault)) {
    const left = await finishIfFree(pool, key)
    if (left?.kind === "settled") finished.push({ key, outcome: left.outcome })
  }
  return finished
}

async function finishIfFree(pool: Pool, key: LabelKey): Promise<Left | null> {
  try {
    const left = await pool.vault.tryLabel(key, (lease) => finishInflight(pool, lease, key))
    return left.held ? left.value : null
  } catch (error) {
    if (error instanceof AimError) return null
    throw error
  }
}
