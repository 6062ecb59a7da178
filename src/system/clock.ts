/** The machine's clock, in epoch milliseconds. */
export function now(): number {
  return Date.now()
}

/** Resolves after `ms` milliseconds without holding the event loop. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
