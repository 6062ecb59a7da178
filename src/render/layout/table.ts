import type { Frame } from "./frame.ts"
import { plain } from "./plain.ts"
import { paint, type Style } from "./style.ts"
import { clip, widthOf } from "./width.ts"

/** A cell's text (made safe for a terminal here) and how it looks. */
export type Cell = string | { text: string; style: Style | undefined } | Measured

/** A cell whose text is safe and measured already, by {@link measured}. */
export type Measured = { text: string; style: Style | undefined; width: number }

export type Column = {
  title: string
  align?: "left" | "right"
  /** This column gives way when the table is wider than the frame. */
  shrinks?: boolean
}

const GAP = "  "
const MIN_SHRUNK = 8

/** Rows under their titles; no line ends in spaces. Without rows there are no lines at all. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  frame: Frame,
): string[] {
  if (rows.length === 0) return []
  const titles = columns.map(({ title }) => ({ text: title, style: "dim" as const }))
  const grid = [titles, ...rows].map((row) => columns.map((_, index) => measured(row[index])))
  const widths = fit(
    columns,
    columns.map((_, index) => Math.max(...grid.map((row) => row[index]?.width ?? 0))),
    frame,
  )
  return grid.map((row) => line(row, columns, widths, frame))
}

/** How many columns the table would take if nothing shrank; 0 without rows. */
export function naturalWidth(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
): number {
  if (rows.length === 0) return 0
  const widths = columns.map(({ title }, index) =>
    rows.reduce((most, row) => Math.max(most, measured(row[index]).width), widthOf(title)),
  )
  return widths.reduce((sum, width) => sum + width, GAP.length * (widths.length - 1))
}

/** Measures a cell once for all the tables that it is tried in; what is measured stays as it is. */
export function measured(cell: Cell = ""): Measured {
  if (typeof cell === "object" && "width" in cell) return cell
  const { text, style } = typeof cell === "string" ? { text: cell, style: undefined } : cell
  const safe = plain(text)
  return { text: safe, style, width: widthOf(safe) }
}

/** The widest of those that may shrink gives way first: none loses more than it must. */
function fit(columns: readonly Column[], natural: readonly number[], frame: Frame): number[] {
  const widths = [...natural]
  const total = widths.reduce((sum, width) => sum + width, GAP.length * (widths.length - 1))
  for (let excess = total - frame.width; excess > 0; excess--) {
    const may = widths.map((width, index) =>
      columns[index]?.shrinks === true && width > MIN_SHRUNK ? width : 0,
    )
    const widest = Math.max(...may)
    if (widest === 0) break
    widths[may.lastIndexOf(widest)] = widest - 1
  }
  return widths
}

function line(
  row: readonly Measured[],
  columns: readonly Column[],
  widths: readonly number[],
  frame: Frame,
): string {
  const last = row.findLastIndex(({ text }) => text !== "")
  const cells = row.slice(0, last + 1).map((cell, index) => {
    const width = widths[index] ?? 0
    const shown = cell.width <= width ? cell : measured(clip(cell.text, width, frame))
    const painted = paint(frame, cell.style, shown.text)
    const space = " ".repeat(Math.max(0, width - shown.width))
    if (columns[index]?.align === "right") return space + painted
    return index === last ? painted : painted + space
  })
  return cells.join(GAP)
}
