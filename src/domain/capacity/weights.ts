/**
 * The reference's rounding (aimgr 4404b27): demand weights carry two decimals, percentages and
 * hours one. Ties go up, as `Math.round` does it.
 */
export function roundWeight(value: number): number {
  return Math.round(value * 100) / 100
}

/** One decimal: percentages and hours. */
export function roundTenth(value: number): number {
  return Math.round(value * 10) / 10
}

/** A stored weight: a finite number from 0 on, else `fallback`. */
export function weightOr(value: unknown, fallback: number): number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : fallback
}

export function sumOf(values: Iterable<number>): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}
