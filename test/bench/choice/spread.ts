/** A mean and half of its 95 % interval. */
export type Estimate = { mean: number; half: number }

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Standard deviation of a sample; 0 of fewer than two. */
export function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values)
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1))
}

/** The 95 % interval of a mean by Student's t; without bound for a single value. */
export function estimate(values: readonly number[]): Estimate {
  const half = (studentT(values.length - 1) * deviationOf(values)) / Math.sqrt(values.length)
  return { mean: meanOf(values), half: values.length < 2 ? Number.POSITIVE_INFINITY : half }
}

/** Do two intervals share anything? */
export function overlap(a: Estimate, b: Estimate): boolean {
  return Math.abs(a.mean - b.mean) <= a.half + b.half
}

/** 1 or -1 where the interval leaves 0 out, 0 where it can't be told from chance. */
export function signOf({ mean, half }: Estimate): number {
  return Math.abs(mean) > half ? Math.sign(mean) : 0
}

/** 97.5 % quantile of Student's t (Cornish-Fisher; the first three by the table). */
export function studentT(freedom: number): number {
  const table = [12.706, 4.303, 3.182]
  const z = 1.95996
  return (
    table[freedom - 1] ??
    z +
      (z ** 3 + z) / (4 * freedom) +
      (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
      (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3)
  )
}
