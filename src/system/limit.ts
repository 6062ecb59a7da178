import { elapsed } from "./clock.ts"
import { within } from "./time-limit.ts"

/**
 * Does `work` for each item, at most `limit` at once, in order; gives the results in the items'
 * order. After an error no further item is begun, those under way are waited for, and it is thrown.
 */
export async function mapLimited<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results = new Map<number, R>()
  let failure: { error: unknown } | null = null
  let next = 0
  const worker = async () => {
    while (failure === null && next < items.length) {
      const index = next++
      try {
        results.set(index, await work(items[index] as T, index))
      } catch (error) {
        failure ??= { error }
      }
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(limit, items.length)) }, worker))
  if (failure !== null) throw (failure as { error: unknown }).error
  return items.map((_, index) => results.get(index) as R)
}

/** What became of one item of a round. */
export type InRound<R> = { kind: "done"; value: R } | { kind: "not_reached" }

/**
 * As {@link mapLimited}, for a round that ends after `deadlineMs` milliseconds: what was not begun
 * or has not ended by then is `not_reached`. `work` is told how many milliseconds are left when it
 * begins; ending by then is up to it, and what it does later is dropped.
 */
export async function mapWithin<T, R>(
  items: readonly T[],
  round: { limit: number; deadlineMs: number },
  work: (item: T, leftMs: number) => Promise<R>,
): Promise<InRound<R>[]> {
  const end = elapsed() + round.deadlineMs
  const results: InRound<R>[] = items.map(() => ({ kind: "not_reached" }))
  const all = mapLimited(items, round.limit, async (item, index) => {
    const leftMs = end - elapsed()
    if (leftMs <= 0) return
    results[index] = { kind: "done", value: await work(item, leftMs) }
  })
  await within(round.deadlineMs, all)
  return [...results]
}
