import type { Choice } from "../../domain/choice/types.ts"
import type { Label } from "../../domain/label.ts"
import { DEFERRED, type WatchEnd, watchStatus } from "../../domain/receipt/watch-verdict.ts"
import type { Finding, SelectionReceipt, WatchReceipt } from "../../domain/receipt.ts"
import {
  fiveHourWindow,
  type Reading,
  type UsageWindow,
  weeklyWindow,
} from "../../domain/window.ts"
import { isoTime } from "../../system/time.ts"
import type { Target } from "../../targets/target.ts"
import { decisionIn, type Progress } from "../switch/receipt.ts"
import type { WatchOptions } from "./options.ts"

/** What a tick has come to, as far as its receipt tells. */
export type Tick = {
  /** Epoch ms. */
  at: number
  before: Label | null
  after: Label | null
  end: WatchEnd
  /** The choice that decided it; null where none was made. */
  choice: Choice | null
  /** The present label's quota, where a reading says anything of it still. */
  reading: Reading | null
  selection: SelectionReceipt | null
  warnings: Finding[]
  /** Epoch ms; null where the present label's quota could be read. */
  unreachableSince: number | null
  /** Epoch ms; null where the issuer did not ask to wait for it. */
  waitUntil: number | null
}

/** The receipt of a tick in the reference's names and order (aimgr 4404b27 §6.2), then aim's own. */
export function watchReceipt(
  target: Target,
  options: WatchOptions,
  tick: Tick,
  progress: Progress,
): WatchReceipt {
  const { end, reading, selection, unreachableSince, waitUntil } = tick
  return {
    action: `${target.id}_watch`,
    status: watchStatus(end),
    observedAt: isoTime(tick.at),
    thresholdPct: options.fivePct,
    currentLabelBefore: tick.before,
    currentLabelAfter: tick.after,
    primaryRemainingPctBefore: remaining(reading === null ? null : fiveHourWindow(reading)),
    triggeredSelection: selection !== null,
    ...(selection === null ? {} : { selectionReceipt: selection }),
    warnings: tick.warnings,
    blockers: end.kind === "blocked" ? [...end.blockers] : [],
    weeklyThresholdPct: options.weeklyPct,
    intervalSeconds: options.intervalSeconds,
    secondaryRemainingPctBefore: remaining(reading === null ? null : weeklyWindow(reading)),
    ...decisionOf(tick),
    ...(unreachableSince === null ? {} : { unreachableSince: isoTime(unreachableSince) }),
    ...(waitUntil === null ? {} : { waitUntil: isoTime(waitUntil) }),
    captured: progress.captured,
    refreshed: progress.refreshed,
    stores: progress.stores.map((each) => ({ ...each })),
  }
}

function decisionOf({ choice, end }: Tick): Pick<WatchReceipt, "decision"> {
  if (end.kind === "deferred") {
    const { retryInSeconds } = end.finding
    const numbers = retryInSeconds === undefined ? {} : { retryInSeconds }
    return { decision: { reason: DEFERRED, alsoReasons: [], numbers } }
  }
  return choice === null ? {} : { decision: decisionIn(choice) }
}

function remaining(window: UsageWindow | null): number | null {
  return window === null ? null : 100 - window.usedPercent
}
