/** A percentage as whole percent, `?` when nobody knows: unknown is never shown as zero. */
export function percent(value: number | null | undefined): string {
  if (value == null || !Number.isFinite(value)) return "?"
  // A window with something in it is not shown as empty, nor one that is not full as full.
  if (value > 0 && value < 1) return "1%"
  if (value > 99 && value < 100) return "99%"
  return `${Math.round(value)}%`
}
