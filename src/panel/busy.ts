import type { Frame } from "../render/layout/frame.ts"
import { busyLine, busyOnce } from "../render/waiting.ts"
import { elapsed } from "../system/clock.ts"
import { printError } from "../system/print.ts"
import { beforeEnd } from "../system/signals.ts"
import { canvas, liveArea } from "./live-area.ts"

const TURN_MS = 100
/** What is done at once needs no word. */
const QUICK_MS = 200

/**
 * {@link Prompter.busy}: a line that is drawn anew until `work` is done, and then taken away; where
 * the cursor can't be moved, a line that stays. The terminal stays in its ordinary mode.
 */
export async function waitBusy<T>(
  waitsFor: string,
  limitSeconds: number,
  work: Promise<T>,
  frame: Frame,
): Promise<T> {
  if (canvas() === null) {
    printError([busyOnce(waitsFor, limitSeconds)])
    return work
  }
  const area = liveArea()
  const started = elapsed()
  let turn = 0
  const draw = () => {
    const elapsedMs = elapsed() - started
    if (elapsedMs < QUICK_MS) return
    const width = canvas()?.columns ?? frame.width
    area.draw([busyLine(waitsFor, { elapsedMs, limitSeconds, turn }, { ...frame, width })], null)
    turn += 1
  }
  const timer = setInterval(draw, TURN_MS)
  const forget = beforeEnd(area.erase)
  try {
    return await work
  } finally {
    clearInterval(timer)
    forget()
    area.erase()
  }
}
