import { withPool } from "../pool/pool.ts"
import type { UsageMode } from "../pool/usage.ts"
import { elapsed, sleep } from "../system/clock.ts"
import { AimError, type Problem } from "../system/errors.ts"
import type { Homes } from "../system/homes.ts"
import type { Status } from "./status/document.ts"
import { readStatus } from "./status.ts"

/** One look at the pool, or what stood in the way of it. */
export type Look = { status: Status } | { problem: Problem }

/**
 * `aim status --watch`: a look every `everyMs`, counted from look to look, for as long as somebody
 * takes them. A state file that can't be read now may be readable at the next look.
 */
export async function* watchStatus(
  homes: Homes,
  mode: UsageMode,
  everyMs: number,
): AsyncGenerator<Look> {
  for (;;) {
    const begun = elapsed()
    yield await lookOnce(homes, mode)
    await sleep(Math.max(0, begun + everyMs - elapsed()))
  }
}

async function lookOnce(homes: Homes, mode: UsageMode): Promise<Look> {
  try {
    return { status: await withPool(homes, (pool) => readStatus(pool, mode), { tells: true }) }
  } catch (error) {
    if (error instanceof AimError) return { problem: error.problem }
    throw error
  }
}
