import type { Frame } from "./layout/frame.ts"

/** The screen that is drawn on; one that does not `move` its cursor gets a picture under the other. */
export type Canvas = { columns: number; rows: number; moves: boolean }

/** What is on the screen already. */
export type Drawn = { height: number; columns: number }

const CLEAR_BELOW = "\u001b[J"

/**
 * A picture as text that is printed with a line end, over the picture before it. Nothing is switched
 * on that would have to be switched off again: whatever ends the program, the terminal is as it was.
 * After a change of width the old lines have wrapped anew, and the screen is begun from its top.
 */
export function redraw(
  lines: readonly string[],
  before: Drawn | null,
  { columns, rows, moves }: Canvas,
  { unicode }: Frame,
): { text: string; drawn: Drawn } {
  if (!moves) {
    const text = [...(before === null ? [] : [""]), ...lines].join("\n")
    return { text, drawn: { height: 0, columns } }
  }
  const wrapped = lines.flatMap((line) =>
    Bun.wrapAnsi(line, columns, { hard: true, trim: false }).split("\n"),
  )
  const shown = clipped(wrapped, rows - 1, unicode ? "…" : "...").map((line) =>
    Bun.sliceAnsi(line, 0, columns),
  )
  return {
    text: start(before, columns) + shown.join("\n"),
    // Even an empty picture ends its line.
    drawn: { height: Math.max(1, shown.length), columns },
  }
}

/** To the first line of the picture before. */
function start(before: Drawn | null, columns: number): string {
  if (before === null) return ""
  if (before.columns !== columns) return `\u001b[H${CLEAR_BELOW}`
  return `\u001b[${before.height}A\r${CLEAR_BELOW}`
}

function clipped(lines: readonly string[], most: number, mark: string): readonly string[] {
  if (lines.length <= most) return lines
  const hidden = lines.length - most + 1
  return [...lines.slice(0, most - 1), `${mark} ${hidden} more lines`]
}
