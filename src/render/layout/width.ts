import type { Frame } from "./frame.ts"

const SINGLE = /^[ -~█░]*$/

/** How many columns a text takes on a terminal, colours not counted. */
export function widthOf(text: string): number {
  // Nearly every cell is letters or a bar, and a table asks for hundreds of them.
  return SINGLE.test(text) ? text.length : Bun.stringWidth(text)
}

/** The text with spaces up to `width` columns; a longer one stays as it is. */
export function pad(text: string, width: number, side: "left" | "right"): string {
  const space = " ".repeat(Math.max(0, width - widthOf(text)))
  return side === "left" ? text + space : space + text
}

/** The text cut to `width` columns, with a mark where something is missing. */
export function clip(text: string, width: number, frame: Frame): string {
  if (widthOf(text) <= width) return text
  const mark = frame.unicode ? "…" : "~"
  let kept = ""
  for (const char of text) {
    if (widthOf(kept + char) > width - 1) break
    kept += char
  }
  return kept + mark
}
