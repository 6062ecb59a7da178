/** Random numbers that a seed decides, so that a failing run can be run again. */
export type Seeded = {
  /** From 0 up to 1. */
  next(): number
  between(low: number, high: number): number
  whole(low: number, high: number): number
  chance(probability: number): boolean
  /** Roughly normal around 0. */
  noise(deviation: number): number
  shuffled<Item>(items: readonly Item[]): Item[]
}

/** xorshift32; good enough to scatter test worlds. */
export function seeded(seed: number): Seeded {
  let state = (seed * 2_654_435_761) >>> 0 || 1
  const next = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 2 ** 32
  }
  for (let warm = 0; warm < 8; warm++) next()
  const between = (low: number, high: number) => low + next() * (high - low)
  return {
    next,
    between,
    whole: (low, high) => Math.floor(between(low, high + 1)),
    chance: (probability) => next() < probability,
    noise: (deviation) => (next() + next() + next() - 1.5) * 2 * deviation,
    shuffled: (items) =>
      items
        .map((item) => ({ item, at: next() }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item),
  }
}
