import { clockShift } from "./faults.ts"

/** The machine's clock, in epoch milliseconds. */
export function now(): number {
  return Date.now() + clockShift()
}

/** Milliseconds since the program's start, by a clock that nobody sets. */
export function elapsed(): number {
  return performance.now()
}

/** Resolves after `ms` milliseconds without holding the event loop. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
