import { SECOND } from "../../system/time.ts"
import { bar } from "./bar.ts"
import { compact } from "./compact.ts"
import type { Frame } from "./frame.ts"
import { percent } from "./percent.ts"
import type { Style } from "./style.ts"
import type { Cell } from "./table.ts"
import { pad } from "./width.ts"

/** A window as status shows it; null where the label has no such window, or no reading. */
type Window = { usedPercent: number; resetAt: number | null } | null

/** Stands where there is no number: never a zero. */
export const NOTHING = "--"

const NEARLY_SPENT = 80
/** Percent from which on a window counts as spent. */
export const SPENT = 95

/** How much of a window is used, as a bar of `cells` columns (none for 0) and a percentage. */
export function usedCell(window: Window, cells: number, frame: Frame): Cell {
  if (window === null || !Number.isFinite(window.usedPercent))
    return { text: NOTHING, style: "dim" }
  const share = pad(percent(window.usedPercent), 4, "right")
  const text = cells === 0 ? share.trim() : `${bar(window.usedPercent, cells, frame)} ${share}`
  return { text, style: styleOf(window.usedPercent) }
}

/** When a window begins anew: `2h13m`; `now` once that is past. */
export function resetCell(window: Window, at: number): Cell {
  const reset = window === null ? null : window.resetAt
  if (reset === null) return { text: NOTHING, style: "dim" }
  return reset - at < SECOND ? "now" : compact(reset - at)
}

function styleOf(used: number): Style | undefined {
  if (used >= SPENT) return "red"
  return used >= NEARLY_SPENT ? "yellow" : undefined
}
