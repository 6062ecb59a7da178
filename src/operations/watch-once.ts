import { activeLabel } from "../domain/document.ts"
import type { Finding, WatchReceipt } from "../domain/receipt.ts"
import type { Run } from "../ledger/ledger.ts"
import { clockOff } from "../pool/clock-off.ts"
import type { Pool } from "../pool/pool.ts"
import { now } from "../system/clock.ts"
import { SECOND } from "../system/time.ts"
import type { Target } from "../targets/target.ts"
import { observe } from "./switch/observe.ts"
import { emptyProgress } from "./switch/receipt.ts"
import { type Acted, decideAndAct } from "./watch/act.ts"
import { tickOf, UNASKED, type WatchOptions } from "./watch/options.ts"
import { outageOf } from "./watch/outage.ts"
import { watchReceipt } from "./watch/receipt.ts"
import { type LastTick, lastTick, recordTick } from "./watch/record.ts"
import { keepUp } from "./watch/upkeep.ts"

export type Watched = {
  /** False where the tick ended `blocked`. */
  ok: boolean
  receipt: WatchReceipt
  /** The ticks in a row that decided the same, this one among them; null where it was not kept. */
  run: Run | null
  /** The warnings that the tick before did not have. */
  news: Finding[]
}

/**
 * One tick of `aim <client> watch`: keep the live logins up, look at the home, decide, act, record.
 * A tick that changes nothing writes the ledger alone. Throws where the vault can't be read or
 * written, or another aim holds the home for too long.
 */
export async function watchOnce(
  pool: Pool,
  target: Target,
  options: WatchOptions,
): Promise<Watched> {
  const at = now()
  const store = await target.primaryStore()
  const progress = emptyProgress()
  const tickMs = options.intervalSeconds * SECOND
  const refreshed = await keepUp(pool, target, store, tickMs, progress)
  const observed = await observe(pool, target, store, UNASKED)
  const { document } = await pool.vault.read()
  const active = activeLabel(document, target.vaultKey)
  const acted = await decideAndAct(pool, observed, tickOf(options), refreshed, progress)
  const last = lastTick(pool, target)
  const outage = outageOf(pool, acted)
  const unreachableSince = outage === null ? null : (last?.unreachableSince ?? at)
  const news = unreachableSince === at && outage !== null ? [outage.finding] : []
  const own = acted.selection === null ? observed.warnings : progress.warnings
  const receipt = watchReceipt(
    target,
    options,
    {
      ...acted,
      at,
      before: active === null ? null : observed.current,
      reading: readingOf(acted),
      warnings: [...own, ...clockOff(pool), ...deferralIn(acted), ...news],
      unreachableSince,
      waitUntil: outage?.waitUntil ?? null,
    },
    progress,
  )
  const run = await recordTick(pool, target, receipt, at)
  return { ok: receipt.status !== "blocked", receipt, run, news: newsIn(receipt, last) }
}

/** The reading that the policy believed; one too old for it says nothing of now. */
function readingOf({ mine, choice }: Acted) {
  const terms = choice?.terms.find(({ label }) => label === mine?.key.label)
  return terms?.known ? (mine?.reading ?? null) : null
}

function deferralIn({ end }: Acted): Finding[] {
  return end.kind === "deferred" ? [end.finding] : []
}

function newsIn({ warnings }: WatchReceipt, last: LastTick | null): Finding[] {
  return warnings.filter(({ kind }) => !last?.warnings.includes(kind))
}
