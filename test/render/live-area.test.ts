import { expect, test } from "bun:test"
import { areaText, eraseText, leaveText } from "../../src/render/live-area.ts"

const E = "\u001b"
const erased = (lines: number) => `${`${E}[A${E}[2K`.repeat(lines)}\r${E}[J`

test("the first picture is only printed", () => {
  expect(areaText(["one", "two"], null, 80, null)).toEqual({
    text: "one\ntwo\n",
    area: { widths: [3, 3], inLine: false },
  })
})

test("the next one stands in its place, and the cursor may stand in its last line", () => {
  const { area } = areaText(["one", "two"], null, 80, null)
  const { text, area: asked } = areaText(["name? x"], area, 80, 7)
  expect(text).toBe(`${erased(2)}name? x\n${E}[A${E}[7C`)
  expect(eraseText(asked, 80)).toBe(`\n${erased(1)}`)
  expect(leaveText(asked)).toBe("\n")
  expect(leaveText(area)).toBe("")
})

test("a screen that became narrower has wrapped the old lines", () => {
  const { area } = areaText(["a".repeat(60), "", "b"], null, 80, null)
  expect(eraseText(area, 25)).toBe(erased(5))
})

test("a line that is too wide is cut, lest the terminal wraps it", () => {
  expect(areaText(["abcdef"], null, 4, null)).toEqual({
    text: "abcd\n",
    area: { widths: [4], inLine: false },
  })
})
