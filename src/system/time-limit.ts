/** A value in time, or the news that time ran out. */
export type Limited<T> = { inTime: true; value: T } | { inTime: false }

/**
 * Waits for `work`, but no longer than `ms` milliseconds. What comes later, an error too, is
 * dropped; stopping the work is up to the caller. An error in time is thrown.
 */
export async function within<T>(ms: number, work: Promise<T>): Promise<Limited<T>> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const over = new Promise<Limited<T>>((resolve) => {
    timer = setTimeout(() => resolve({ inTime: false }), Math.max(0, ms))
  })
  try {
    return await Promise.race([work.then((value) => ({ inTime: true as const, value })), over])
  } finally {
    clearTimeout(timer)
  }
}

const SLICE_MS = 1_000

/**
 * As {@link within}, but only time in which this process ran is counted: one that was stopped
 * (ctrl-Z, a frozen container) finds what came meanwhile in its sockets, and has a second more to
 * read it, however long it stood still.
 */
export async function withinAwake<T>(ms: number, work: Promise<T>): Promise<Limited<T>> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const over = new Promise<Limited<T>>((resolve) => {
    const wait = (left: number) => {
      if (left <= 0) return resolve({ inTime: false })
      const slice = Math.min(left, SLICE_MS)
      const began = performance.now()
      timer = setTimeout(() => {
        const overslept = performance.now() - began > 2 * SLICE_MS
        wait(overslept ? Math.max(left - slice, SLICE_MS) : left - slice)
      }, slice)
    }
    wait(ms)
  })
  try {
    return await Promise.race([work.then((value) => ({ inTime: true as const, value })), over])
  } finally {
    clearTimeout(timer)
  }
}
