import type { Frame } from "./layout/frame.ts"
import { plain } from "./layout/plain.ts"
import { widthOf } from "./layout/width.ts"
import { wrapped } from "./menu.ts"

/**
 * A question and what is typed after it; `column` is where the cursor stands in the last line. Of an
 * answer that is longer than its line the end is shown, where it is typed.
 */
export function inputLines(
  question: string,
  typed: string,
  frame: Frame,
): { lines: string[]; column: number } {
  const above = wrapped(plain(question), "", "", frame.width)
  const last = `${above.pop() ?? ""} `
  const answer = plain(typed)
  // The cursor needs a column of its own.
  const room = frame.width - 1
  const onOneLine = widthOf(last) <= room / 2 || widthOf(last + answer) <= room
  const lines = onOneLine ? above : [...above, last.trimEnd()]
  const start = onOneLine ? last : "  "
  const line = start + endOf(answer, room - widthOf(start), frame)
  return { lines: [...lines, line], column: widthOf(line) }
}

function endOf(text: string, width: number, frame: Frame): string {
  if (widthOf(text) <= width) return text
  const letters = Array.from(text)
  while (letters.length > 0 && widthOf(letters.join("")) > width - 1) letters.shift()
  return (frame.unicode ? "…" : "~") + letters.join("")
}
