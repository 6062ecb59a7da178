import { encode } from "uqr"
import type { Frame } from "./layout/frame.ts"

/** Light modules around the code; scanners need some, and the standard's four cost lines. */
const BORDER = 2

/**
 * A text as a QR code for a phone's camera; one line that says why, where it is too wide. With
 * colours it is black on white whatever the terminal's are; without, the light modules are drawn,
 * as terminals are mostly dark.
 */
export function qrLines(text: string, frame: Frame): string[] {
  const { data } = encode(text, { ecc: "L", border: BORDER })
  const width = data.length * (frame.unicode ? 1 : 2)
  if (width > frame.width)
    return [`The QR code needs ${width} columns; this terminal has ${frame.width}.`]
  return frame.unicode ? byHalves(data, frame.color) : byPairs(data, frame.color)
}

type Modules = readonly (readonly boolean[])[]

/** Two rows of modules a line: the upper half of a letter and its ground. */
function byHalves(dark: Modules, color: boolean): string[] {
  const lines: string[] = []
  for (let y = 0; y < dark.length; y += 2) {
    const row = (dark[y] ?? []).map((upper, x) => [upper, dark[y + 1]?.[x] ?? false] as const)
    const cells = row.map(([upper, lower]) =>
      color ? coloured(upper, lower) : (GLYPHS[Number(upper) * 2 + Number(lower)] ?? " "),
    )
    lines.push(cells.join("") + (color ? "\u001b[0m" : ""))
  }
  return lines
}

/** Light is drawn: both, the upper, the lower, none. */
const GLYPHS = ["█", "▀", "▄", " "]

function coloured(upper: boolean, lower: boolean): string {
  return `\u001b[${upper ? 30 : 97};${lower ? 40 : 107}m▀`
}

function byPairs(dark: Modules, color: boolean): string[] {
  return dark.map((row) =>
    color
      ? `${row.map((isDark) => `\u001b[${isDark ? 40 : 107}m  `).join("")}\u001b[0m`
      : row.map((isDark) => (isDark ? "  " : "##")).join(""),
  )
}
