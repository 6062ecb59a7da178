import { expect, test } from "bun:test"
import { inputLines } from "../../src/render/input-line.ts"

const frame = (width: number) => ({ width, color: false, unicode: false })

test.each([
  ["Name:", "", 40, ["Name: "], 6],
  ["Name:", "boss", 40, ["Name: boss"], 10],
  ["Name:", "0123456789abcdefghij", 20, ["Name: ~89abcdefghij"], 19],
  ["A question that is long:", "ab", 24, ["A question that is long:", "  ab"], 4],
  [
    "Which directory is it?",
    "/home/operator",
    30,
    ["Which directory is it?", "  /home/operator"],
    16,
  ],
  ["Name:", "日本", 40, ["Name: 日本"], 10],
  ["Na\u001b[2Jme:", "\u0007x", 40, ["Name: \ufffdx"], 8],
])("%p with %p in %p columns", (question, typed, width, lines, column) => {
  expect(inputLines(question, typed, frame(width))).toEqual({ lines, column })
})
