import { activeLabel } from "../domain/document.ts"
import { ELSEWHERE } from "../domain/receipt/watch-verdict.ts"
import type { Pool } from "../pool/pool.ts"
import { storeKey } from "../pool/stores.ts"
import { now } from "../system/clock.ts"
import { type Holder, type Notes, takeNoted } from "../system/noted-lock.ts"
import { isoTime } from "../system/time.ts"
import type { Target } from "../targets/target.ts"
import { emptyProgress } from "./switch/receipt.ts"
import type { WatchOptions } from "./watch/options.ts"
import { watchReceipt } from "./watch/receipt.ts"
import { type Watched, watchOnce } from "./watch-once.ts"

/** What a client's watch locks, `tick` for one decision and `loop` for the life of a loop. */
export async function watchLock(target: Target, kind: "tick" | "loop"): Promise<string> {
  return `watch-${kind}-${storeKey(await target.primaryStore())}`
}

/**
 * One tick, unless another process is at one for this client and home, or ended one after `since`
 * (epoch ms), when this tick was due: two timers that fire at once make one decision. The other ends
 * as a noop that names the process; nothing is recorded of it.
 */
export async function watchAlone(
  pool: Pool,
  target: Target,
  options: WatchOptions,
  since: number,
): Promise<Watched> {
  const name = await watchLock(target, "tick")
  const taken = await takeNoted(pool.vault.paths.locks, name, notesIn(pool, name), since)
  if (!taken.held) return leftToAnother(pool, target, options, taken.by)
  let done = false
  try {
    const watched = await watchOnce(pool, target, options)
    done = true
    return watched
  } finally {
    await taken.release(done)
  }
}

/** A tick that changes nothing writes no file of its own: its note stands in the ledger. */
function notesIn({ ledger }: Pool, name: string): Notes {
  return { read: () => ledger.note(name), write: (note) => ledger.keepNote(name, note) }
}

async function leftToAnother(
  pool: Pool,
  target: Target,
  options: WatchOptions,
  by: Holder | null,
): Promise<Watched> {
  const { document } = await pool.vault.read()
  const label = activeLabel(document, target.vaultKey)
  const bare = watchReceipt(
    target,
    options,
    {
      at: now(),
      before: label,
      after: label,
      end: { kind: "elsewhere" },
      choice: null,
      reading: null,
      selection: null,
      warnings: [],
      unreachableSince: null,
      waitUntil: null,
    },
    emptyProgress(),
  )
  const numbers = by === null ? {} : { pid: by.pid, startedAt: isoTime(by.startedAt) }
  const receipt = { ...bare, decision: { reason: ELSEWHERE, alsoReasons: [], numbers } }
  return { ok: true, receipt, run: null, news: [] }
}
