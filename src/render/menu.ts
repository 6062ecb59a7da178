import type { Frame } from "./layout/frame.ts"
import { plain, plainButPainted } from "./layout/plain.ts"
import { paint } from "./layout/style.ts"
import { widthOf } from "./layout/width.ts"

/** A question with its choices, as it stands at this moment. */
export type Menu = {
  header: readonly string[]
  choices: readonly { key: string; text: string; details: readonly string[] }[]
  /** The choice that Enter takes, or that was taken; null for none. */
  selected: number | null
  /** True while a key is waited for. */
  open: boolean
  /** What is wrong with the last key; null when nothing is. */
  note: string | null
}

const HINT = "A number, a letter, or the arrows and Enter; Esc leaves."

/**
 * The menu in at most `rows` lines of the frame's width. Where it is too long, details are shown of
 * the selected choice alone, and then only the choices around it.
 */
export function menuLines(menu: Menu, frame: Frame, rows: number): string[] {
  const header = menu.header.flatMap((line) => wrapped(plainButPainted(line), "", "", frame.width))
  const foot = [
    ...(menu.note === null ? [] : wrapped(plain(menu.note), "", "", frame.width)),
    ...(!menu.open ? [] : wrapped(HINT, "", "", frame.width)),
  ].map((line, index) => (index === 0 && menu.note !== null ? paint(frame, "yellow", line) : line))
  const parts = (details: "all" | "selected") => {
    const blocks = menu.choices.map((_, index) => choiceLines(menu, index, frame, details))
    return [header, blocks, foot] as const
  }
  const roomy = joined(...parts("all"))
  if (roomy.length <= rows) return roomy
  const [, blocks] = parts("selected")
  const brief = joined(header, blocks, foot)
  if (brief.length <= rows) return brief
  const above = header.slice(0, Math.max(0, rows - foot.length - 3))
  const most = Math.max(1, rows - above.length - foot.length)
  return [...above, ...around(blocks, menu.selected ?? 0, most, frame), ...foot].slice(-rows)
}

function joined(
  header: readonly string[],
  blocks: readonly (readonly string[])[],
  foot: readonly string[],
): string[] {
  const parts = [header, blocks.flat(), foot].filter((part) => part.length > 0)
  return parts.flatMap((part, index) => (index === 0 ? part : ["", ...part]))
}

function choiceLines(
  menu: Menu,
  index: number,
  frame: Frame,
  details: "all" | "selected",
): string[] {
  const choice = menu.choices[index]
  if (choice === undefined) return []
  const isSelected = index === menu.selected
  const column = Math.max(...menu.choices.map(({ key }) => widthOf(key)))
  const mark = isSelected ? (frame.unicode ? "❯" : ">") : " "
  const start = `${mark} ${choice.key.padStart(column)}  `
  const indent = " ".repeat(widthOf(start))
  const title = wrapped(plain(choice.text), start, indent, frame.width)
  const shown = details === "all" || isSelected ? choice.details : []
  return [
    ...title.map((line) => (isSelected ? paint(frame, "bold", line) : line)),
    ...shown.flatMap((line) => wrapped(plain(line), indent, indent, frame.width)),
  ]
}

/** The lines of the selected choice with its neighbours, `most` at most; marks say what is cut. */
function around(
  blocks: readonly (readonly string[])[],
  selected: number,
  most: number,
  frame: Frame,
): string[] {
  const lines = blocks.flat()
  if (lines.length <= most) return lines
  const top = blocks.slice(0, selected).flat().length
  const size = blocks[selected]?.length ?? 1
  const from = Math.min(
    Math.max(0, top - Math.max(0, Math.floor((most - size) / 2))),
    lines.length - most,
  )
  const mark = frame.unicode ? "  …" : "  ..."
  const cut = lines.slice(from, from + most)
  // A mark never stands in place of the selected choice itself.
  if (from > 0 && top > from) cut[0] = mark
  if (from + most < lines.length && top + size < from + most) cut[cut.length - 1] = mark
  return cut
}

/** A text over as many lines as it needs, the first after `start`, the others after `indent`. */
export function wrapped(text: string, start: string, indent: string, width: number): string[] {
  const room = Math.max(8, width - widthOf(indent))
  const lines = Bun.wrapAnsi(text, room, { hard: true, trim: false }).split("\n")
  return lines.map((line, index) =>
    index === 0 ? start + line.trimEnd() : indent + line.replace(/^ /, "").trimEnd(),
  )
}
