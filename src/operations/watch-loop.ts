import { ELSEWHERE } from "../domain/receipt/watch-verdict.ts"
import type { TargetId } from "../domain/store.ts"
import { type Pool, withPool } from "../pool/pool.ts"
import { scheduledWatch } from "../schedule/scheduled.ts"
import { now } from "../system/clock.ts"
import { fail } from "../system/errors.ts"
import type { Homes } from "../system/homes.ts"
import { type Holder, notesBeside, takeNoted } from "../system/noted-lock.ts"
import { randomFraction } from "../system/random.ts"
import { isoTime, SECOND } from "../system/time.ts"
import type { Target } from "../targets/target.ts"
import type { WatchOptions } from "./watch/options.ts"
import { type LoopStep, tickLoop } from "./watch/tick-loop.ts"
import { watchAlone, watchLock } from "./watch-alone.ts"
import type { Watched } from "./watch-once.ts"

export type WatchLoopOptions = WatchOptions & {
  /** Epoch ms; null for without end. */
  until: number | null
  /** Start although a scheduler watches the same client. */
  besideSchedule: boolean
  /** How often to tell that it waits. */
  sliceMs: number
}

/**
 * `aim <client> watch`: one tick after the other. Holds the loop's lock of this client and home, so
 * that a second loop is refused with the code `another_watch_running`, and is refused beside an
 * installed scheduler. Opens the pool anew for each tick, so that nothing grows.
 */
export async function* watchLoop(
  homes: Homes,
  targetIn: (pool: Pool) => Target,
  options: WatchLoopOptions,
): AsyncGenerator<LoopStep<Watched>> {
  const { id, locks, name } = await withPool(homes, async (pool) => {
    const target = targetIn(pool)
    return { id: target.id, locks: pool.vault.paths.locks, name: await watchLock(target, "loop") }
  })
  if (!options.besideSchedule) await refuseBesideSchedule(homes, id)
  const taken = await takeNoted(locks, name, notesBeside(locks, name))
  if (!taken.held) return refuseSecond(id, taken.by)
  const tick = (asleep: boolean) => {
    const since = now()
    const how = asleep ? { ...options, afresh: true } : options
    return withPool(homes, (pool) => watchAlone(pool, targetIn(pool), how, since))
  }
  const { until, sliceMs, intervalSeconds } = options
  const pace = { everyMs: intervalSeconds * SECOND, until, sliceMs, random: randomFraction }
  try {
    yield* tickLoop(tick, pace)
  } finally {
    await taken.release()
  }
}

function refuseSecond(id: TargetId, by: Holder | null): never {
  const who = by === null ? "another process" : `process ${by.pid}, since ${isoTime(by.startedAt)},`
  return fail(
    ELSEWHERE,
    `${who} watches this home in a loop already`,
    `${by === null ? "end that one first" : `\`kill ${by.pid}\` ends it`}; a single look is never refused: aim ${id} watch --once`,
  )
}

async function refuseBesideSchedule(homes: Homes, id: TargetId): Promise<void> {
  const found = await scheduledWatch(homes, id)
  if (found === null) return
  fail(
    "schedule_installed",
    `the ${found.scope}'s scheduler watches this home already (${found.files[0]?.path ?? found.name})`,
    `with both, each look is taken twice; say \`--beside-schedule\` to start all the same`,
  )
}
