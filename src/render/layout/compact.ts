import { duration } from "./duration.ts"

/** A span of milliseconds for a table's cell: `2h13m`, `3d4h`, `12s`. */
export function compact(ms: number): string {
  return duration(ms).replace(" ", "")
}
