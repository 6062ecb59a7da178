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
