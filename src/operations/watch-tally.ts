import type { WatchReceipt } from "../domain/receipt.ts"
import type { LoopStep } from "./watch/tick-loop.ts"
import type { Watched } from "./watch-once.ts"

/** What a loop has come to so far. */
export type Tally = {
  looks: number
  switches: number
  /** Looks that threw. */
  failures: number
  /** Whether the last look was neither blocked nor thrown. */
  fine: boolean
}

export const NO_LOOKS: Tally = { looks: 0, switches: 0, failures: 0, fine: true }

/** The tally with one more step in it. */
export function counted(tally: Tally, step: LoopStep<Watched>): Tally {
  if (step.kind === "waiting") return tally
  const looks = tally.looks + 1
  if (step.kind === "failed") return { ...tally, looks, failures: tally.failures + 1, fine: false }
  const switches = tally.switches + (isSwitch(step.value.receipt) ? 1 : 0)
  return { ...tally, looks, switches, fine: step.value.ok }
}

function isSwitch({ currentLabelBefore, currentLabelAfter, status }: WatchReceipt): boolean {
  return status.startsWith("activated") && currentLabelAfter !== currentLabelBefore
}
