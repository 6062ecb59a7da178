/**
 * SQL for the mean of a window over rows of `sample`, of which one may stand for many readings.
 * Readings without that window do not count; null where none has it.
 */
export function meanOf(window: "five" | "week"): string {
  const value = `coalesce(${window}_mean, ${window}_used)`
  const readings = "coalesce(readings, 1)"
  return `sum(${value} * ${readings}) / sum(iif(${value} is null, null, ${readings}))`
}
