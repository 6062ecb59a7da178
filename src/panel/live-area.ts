import { type Area, areaText, eraseText, leaveText } from "../render/live-area.ts"
import { writeError } from "../system/print.ts"
import { screenSize } from "../system/terminal.ts"

/** The last lines on the screen, which are drawn anew in their place; on stderr. */
export type LiveArea = {
  /** Puts lines in place of those that stand there; `column` puts the cursor into the last one. */
  draw: (lines: readonly string[], column?: number | null) => void
  /** Takes the lines away. */
  erase: () => void
  /** Leaves the lines where they are, with the cursor below them. */
  leave: () => void
}

/** What there is to draw on, now: it may have been resized. Null where no cursor can be moved. */
export function canvas(): { columns: number; rows: number } | null {
  const size = screenSize("stderr")
  return size?.moves ? size : null
}

/** Lines at the bottom of the terminal that are drawn again in place, on stderr. */
export function liveArea(): LiveArea {
  let before: Area | null = null
  const columns = () => screenSize("stderr")?.columns ?? 80
  return {
    draw: (lines, column = null) => {
      const { text, area } = areaText(lines, before, columns(), column)
      before = area
      writeError(text)
    },
    erase: () => {
      writeError(eraseText(before, columns()))
      before = null
    },
    leave: () => {
      writeError(leaveText(before))
      before = null
    },
  }
}
