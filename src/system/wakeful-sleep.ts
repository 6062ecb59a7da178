import { elapsed, now, sleep } from "./clock.ts"
import { SECOND } from "./time.ts"

/** More than a busy machine is ever late. */
const LATE_MS = 30 * SECOND

/** How far the time of day is ahead of a clock that nobody sets, ms; it stays, unless one of them jumps. */
export function clockLead(): number {
  return now() - elapsed()
}

/**
 * Sleeps `ms` by a clock that nobody sets. `unbroken` is false where it was no sleep like that, or
 * the time of day has moved since it had the lead `before`: the machine was suspended, this process
 * was stopped, or the clock was set. `lead` is the one that it has now.
 */
export async function wakefulSleep(
  ms: number,
  before = clockLead(),
): Promise<{ unbroken: boolean; lead: number }> {
  const began = elapsed()
  await sleep(ms)
  const lead = clockLead()
  const unbroken = Math.abs(lead - before) < LATE_MS && elapsed() - began < ms + LATE_MS
  return { unbroken, lead }
}
