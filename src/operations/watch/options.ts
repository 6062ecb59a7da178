import { TICK_MINUTES } from "../../domain/choice/constants.ts"
import type { Occasion } from "../../pool/choose.ts"
import { MINUTE, SECOND } from "../../system/time.ts"
import type { ActivateOptions } from "../activate.ts"

export type WatchOptions = {
  /** The active label is left when less than these percents are left, 0 for off. */
  fivePct: number
  weeklyPct: number
  /** Seconds between two looks. */
  intervalSeconds: number
  /** The machine has slept, or its clock was set: what was read before is old. */
  afresh?: boolean
}

export const WATCH_DEFAULTS: WatchOptions = {
  fivePct: 20,
  weeklyPct: 0,
  intervalSeconds: (TICK_MINUTES * MINUTE) / SECOND,
}

/** With `afresh` nothing that was read before counts. */
export type TickOccasion = Occasion & { afresh: boolean }

/** A tick as the policy sees it: a look between others, while work may go on. */
export function tickOf({
  fivePct,
  weeklyPct,
  intervalSeconds,
  afresh = false,
}: WatchOptions): TickOccasion {
  return {
    afresh,
    mode: "watch",
    starting: false,
    next: false,
    refused: false,
    thresholds: { fivePct, weeklyPct },
    tickMinutes: (intervalSeconds * SECOND) / MINUTE,
  }
}

/** A watch asks for nothing that only an operator may: no label by name, no stranger's login. */
export const UNASKED: ActivateOptions = {
  label: null,
  next: false,
  dryRun: false,
  adopt: null,
  replaceUnmanaged: false,
}
