import { elapsed, now } from "../../system/clock.ts"
import { MINUTE, SECOND } from "../../system/time.ts"
import { clockLead, wakefulSleep } from "../../system/wakeful-sleep.ts"

/** What a loop comes to, step by step; `nextInMs` is how long it waits for its next tick. */
export type LoopStep<T> =
  | { kind: "ticked"; value: T; nextInMs: number }
  /** The tick threw; the next one comes later the more of them did so in a row. */
  | { kind: "failed"; error: unknown; nextInMs: number }
  /** A slice of waiting is over, or about to begin. */
  | { kind: "waiting"; nextInMs: number }

export type LoopOptions = {
  /** From tick to tick, counted from its beginning. */
  everyMs: number
  /** Epoch ms; null for without end. */
  until: number | null
  /** How often a `waiting` is told, and within how long a sleep of the machine is noticed. */
  sliceMs: number
  /** Any number from 0 up to 1. */
  random: () => number
}

/** However often ticks fail, one is tried again within half an hour, or the interval if longer. */
const LONGEST_PAUSE_MS = 30 * MINUTE
/** A tick that lasts longer than the interval is followed by a breath all the same. */
const SHORTEST_PAUSE_MS = 100

/**
 * Ticks, tells what came of it, sleeps, until `until` or until nobody takes another step. After a
 * sleep of the machine, or a clock that was set, it ticks at once, with `asleep`: what was read
 * before is old. A tick that throws ends nothing.
 */
export async function* tickLoop<T>(
  tick: (asleep: boolean) => Promise<T>,
  options: LoopOptions,
): AsyncGenerator<LoopStep<T>> {
  let failures = 0
  let asleep = false
  while (!isOver(options)) {
    const began = elapsed()
    const lead = clockLead()
    let step: LoopStep<T>
    try {
      const value = await tick(asleep)
      failures = 0
      step = { kind: "ticked", value, nextInMs: 0 }
    } catch (error) {
      failures += 1
      step = { kind: "failed", error, nextInMs: 0 }
    }
    const due = began + pauseAfter(failures, options)
    const left = () => Math.max(SHORTEST_PAUSE_MS, due - elapsed())
    yield { ...step, nextInMs: left() }
    asleep = yield* wait(Math.max(due, elapsed() + SHORTEST_PAUSE_MS), lead, options)
  }
}

/**
 * Waits until `due`; true when something has come between, which ends the wait: since the tick began,
 * when the time of day had the lead `before`, for a machine may sleep in the middle of one as well.
 */
async function* wait(
  due: number,
  before: number,
  options: LoopOptions,
): AsyncGenerator<{ kind: "waiting"; nextInMs: number }, boolean> {
  let lead = before
  for (;;) {
    const left = Math.min(due - elapsed(), untilEnd(options))
    if (left <= 0) return false
    yield { kind: "waiting", nextInMs: due - elapsed() }
    const slept = await wakefulSleep(Math.min(left, options.sliceMs), lead)
    if (!slept.unbroken) return true
    lead = slept.lead
  }
}

function untilEnd({ until }: LoopOptions): number {
  return until === null ? Number.POSITIVE_INFINITY : until - now()
}

function isOver(options: LoopOptions): boolean {
  return untilEnd(options) <= 0
}

/**
 * The time from the beginning of a tick to the next: the interval, doubled for each failure in a
 * row up to a bound, and then off by up to a tenth, so that many aims that failed together do not
 * come back together.
 */
export function pauseAfter(
  failures: number,
  { everyMs, random }: Pick<LoopOptions, "everyMs" | "random">,
): number {
  if (failures === 0) return everyMs
  const doubled = everyMs * 2 ** Math.min(failures, 30)
  const bounded = Math.min(doubled, Math.max(everyMs, LONGEST_PAUSE_MS))
  return Math.max(SECOND, Math.round(bounded * (0.9 + random() * 0.2)))
}
