import { widthOf } from "./layout/width.ts"

/** What stands on the screen as the last thing there, and may be drawn anew. */
export type Area = {
  /** The width of each line. */
  widths: readonly number[]
  /** True when the cursor is in the last line, not below it. */
  inLine: boolean
}

/**
 * Line by line: tmux takes a clearing of the whole screen for a page that is over, and would put each
 * picture of a menu that fills it into the history.
 */
const CLEAR_LINE_ABOVE = "\u001b[A\u001b[2K"
const CLEAR_BELOW = "\u001b[J"

/**
 * Lines in place of the area before; `column` puts the cursor into the last one. Terminals wrap old
 * lines anew when they become narrower, which is counted, so that nothing above is touched.
 */
export function areaText(
  lines: readonly string[],
  before: Area | null,
  columns: number,
  column: number | null,
): { text: string; area: Area } {
  const shown = lines.map((line) => Bun.sliceAnsi(line, 0, columns))
  const back = column === null ? "" : `\u001b[A${column === 0 ? "" : `\u001b[${column}C`}`
  return {
    text: `${eraseText(before, columns)}${shown.map((line) => `${line}\n`).join("")}${back}`,
    area: { widths: shown.map(widthOf), inLine: column !== null },
  }
}

/** Takes the area away; what follows stands in its place. */
export function eraseText(before: Area | null, columns: number): string {
  if (before === null) return ""
  const height = before.widths
    .map((width) => Math.max(1, Math.ceil(width / columns)))
    .reduce((sum, rows) => sum + rows, 0)
  return `${leaveText(before)}${CLEAR_LINE_ABOVE.repeat(height)}\r${CLEAR_BELOW}`
}

/** Puts the cursor below the area, which stays. */
export function leaveText(before: Area | null): string {
  return before?.inLine ? "\n" : ""
}
