import { describe, expect, test } from "bun:test"
import jsQr from "jsqr"
import { widthOf } from "../../src/render/layout/width.ts"
import { qrLines } from "../../src/render/qr.ts"

const DEVICE = "https://auth.openai.com/codex/device"
const PAGE = `https://auth.openai.com/oauth/authorize?response_type=code&state=${"x".repeat(380)}`
const MODULE = 4

/** What a camera reads from lines on a screen, whose letters are `ink` on `ground`. */
function seen(lines: readonly string[], wide: boolean, ink: number, ground: number) {
  const rows = lines.flatMap((line) => halves(line, wide, ink, ground))
  const size = rows.length * MODULE
  const pixels = new Uint8ClampedArray(size * size * 4).fill(255)
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const shade = rows[Math.floor(y / MODULE)]?.[Math.floor(x / MODULE)] ?? ground
      pixels.fill(shade, (y * size + x) * 4, (y * size + x) * 4 + 3)
    }
  }
  return jsQr(pixels, size, size)?.data ?? null
}

/** The shades of a line: its upper half and, where a letter is one module wide, its lower one. */
function halves(line: string, wide: boolean, ink: number, ground: number): number[][] {
  const [upper, lower]: [number[], number[]] = [[], []]
  let [fore, back] = [ink, ground]
  // biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with one
  for (const [, codes, glyph] of line.matchAll(/\u001b\[([\d;]*)m|(.)/gu)) {
    for (const code of codes?.split(";") ?? []) {
      if (code === "30" || code === "97") fore = code === "30" ? 0 : 255
      if (code === "40" || code === "107") back = code === "40" ? 0 : 255
    }
    if (glyph === undefined) continue
    upper.push(glyph === "█" || glyph === "▀" || glyph === "#" ? fore : back)
    lower.push(glyph === "█" || glyph === "▄" ? fore : back)
  }
  return wide ? [upper.filter((_, index) => index % 2 === 0)] : [upper, lower]
}

const LIGHT_ON_DARK = [255, 0] as const
const DARK_ON_LIGHT = [0, 255] as const

describe("a camera reads the code", () => {
  for (const [name, [ink, ground]] of [
    ["a dark", LIGHT_ON_DARK],
    ["a light", DARK_ON_LIGHT],
  ] as const)
    for (const url of [DEVICE, PAGE])
      test.each([
        [true, true],
        [true, false],
        [false, true],
        [false, false],
      ])(`of ${url.length} letters on ${name} terminal, unicode %p, color %p`, (unicode, color) => {
        const lines = qrLines(url, { width: 160, unicode, color })
        expect(seen(lines, !unicode, ink, ground)).toBe(url)
      })
})

test("a device's address fits every usual terminal, a page's 80 columns with unicode", () => {
  const widths = [
    qrLines(DEVICE, { width: 80, unicode: true, color: false }),
    qrLines(DEVICE, { width: 80, unicode: false, color: false }),
    qrLines(PAGE, { width: 80, unicode: true, color: false }),
  ].map((lines) => Math.max(...lines.map(widthOf)))
  expect(widths).toEqual([33, 66, 77])
})

test("a terminal that is too narrow is told so", () => {
  expect(qrLines(PAGE, { width: 80, unicode: false, color: true })).toEqual([
    "The QR code needs 154 columns; this terminal has 80.",
  ])
})
