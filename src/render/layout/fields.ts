import type { Frame } from "./frame.ts"
import { plain } from "./plain.ts"
import { paint, type Style } from "./style.ts"
import { widthOf } from "./width.ts"

/** A named value; one without a value is left out. */
export type Field = readonly [name: string, value: string | null, style?: Style]

/** Names in one column, values in the next. Values are made safe for a terminal here. */
export function fields(rows: readonly Field[], frame: Frame, indent = ""): string[] {
  const shown = rows.filter(([, value]) => value !== null)
  const width = Math.max(0, ...shown.map(([name]) => widthOf(name)))
  return shown.map(([name, value, style]) => {
    const title = paint(frame, "dim", name) + " ".repeat(width - widthOf(name))
    return `${indent}${title}  ${paint(frame, style, plain(value ?? ""))}`.trimEnd()
  })
}

/** Words that begin a line of their own, such as `warning:`, with what follows. */
export function marked(frame: Frame, style: Style, mark: string, text: string): string {
  return `${paint(frame, style, mark)} ${plain(text)}`
}

/** `1 label`, `3 labels`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`
}
