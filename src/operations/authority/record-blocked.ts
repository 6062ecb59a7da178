import { CLIENT_WORD } from "../../domain/client-word.ts"
import type { JsonObject } from "../../domain/login.ts"
import type { ProviderId } from "../../domain/provider-id.ts"
import { findingOf } from "../../domain/receipt.ts"
import { type Pool, targetsOf } from "../../pool/pool.ts"
import { recordAct } from "../../pool/record.ts"
import { AimError, type Problem } from "../../system/errors.ts"

type Act = "sync" | "promote"

/**
 * Does what brings labels here from an authority, or from here to it; where it is stopped, a receipt
 * says why (law 8). A command that was typed wrongly leaves none.
 */
export async function orRecordBlocked<T>(
  pool: Pool,
  provider: ProviderId,
  act: Act,
  about: JsonObject,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AimError && error.exit === 1)
      recordBlocked(pool, provider, act, about, error.problem)
    throw error
  }
}

/** The receipt of an import or a promotion that was not done. */
export function recordBlocked(
  pool: Pool,
  provider: ProviderId,
  act: Act,
  about: JsonObject,
  problem: Problem,
): void {
  const action = `${CLIENT_WORD[provider]}_${act}`
  const target = targetsOf(pool, provider)[0]?.id ?? null
  recordAct(pool, { action, status: "blocked", ...about, blockers: [findingOf(problem)] }, target)
}
