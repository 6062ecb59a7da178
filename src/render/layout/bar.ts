import type { Frame } from "./frame.ts"

/** A bar of `cells` columns, filled by percent; question marks when nobody knows. */
export function bar(value: number | null | undefined, cells: number, frame: Frame): string {
  if (value == null || !Number.isFinite(value)) return "?".repeat(cells)
  const filled = Math.round((Math.min(100, Math.max(0, value)) / 100) * cells)
  const [full, empty] = frame.unicode ? ["█", "░"] : ["#", "-"]
  return full.repeat(filled) + empty.repeat(cells - filled)
}
