import type { Frame } from "./frame.ts"

/** Meaning first: green is good, yellow wants attention, red is broken, cyan is to be typed. */
const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const

export type Style = keyof typeof CODES

/** The text in a style where the frame has colours; else the text. */
export function paint(frame: Frame, style: Style | undefined, text: string): string {
  if (!frame.color || style === undefined || text === "") return text
  return `\u001b[${CODES[style]}m${text}\u001b[0m`
}
