import { elapsed, now, sleep } from "./clock.ts"
import { SECOND } from "./time.ts"

/** More than a busy machine is ever late. */
const LATE_MS = 30 * SECOND

/**
 * Sleeps `ms` by a clock that nobody sets. `unbroken` is false where it was no sleep like that: the
 * machine was suspended, this process was stopped, or the clock was set meanwhile, so that the time
 * of day is not the one that was expected.
 */
export async function wakefulSleep(ms: number): Promise<{ unbroken: boolean }> {
  const clock = now()
  const began = elapsed()
  await sleep(ms)
  const passed = elapsed() - began
  const shown = now() - clock
  return { unbroken: Math.abs(shown - passed) < LATE_MS && passed < ms + LATE_MS }
}
