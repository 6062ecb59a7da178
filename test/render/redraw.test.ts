import { describe, expect, test } from "bun:test"
import { redraw } from "../../src/render/redraw.ts"
import { PIPE } from "./status/value.ts"

const SCREEN = { columns: 20, rows: 6, moves: true }

describe("a picture over the one before", () => {
  test("the first one goes where the cursor is", () =>
    expect(redraw(["a", "b"], null, SCREEN, PIPE)).toEqual({
      text: "a\nb",
      drawn: { height: 2, columns: 20 },
    }))

  test("the next one goes up, clears, and draws", () =>
    expect(redraw(["c"], { height: 2, columns: 20 }, SCREEN, PIPE).text).toBe(
      "\u001b[2A\r\u001b[Jc",
    ))

  test("a long line counts as the lines that it takes", () =>
    expect(redraw(["x".repeat(45)], null, SCREEN, PIPE).drawn.height).toBe(3))

  test("a picture taller than the screen is cut, and says so", () => {
    const lines = Array.from({ length: 9 }, (_, at) => String(at))
    expect(redraw(lines, null, SCREEN, PIPE).text.split("\n")).toEqual([
      ...["0", "1", "2", "3"],
      "... 5 more lines",
    ])
  })

  test("another width begins at the top", () =>
    expect(redraw(["c"], { height: 2, columns: 30 }, SCREEN, PIPE).text).toBe("\u001b[H\u001b[Jc"))

  test("nothing is switched on: no cursor is hidden, no other screen taken", () => {
    const { text } = redraw(["c"], { height: 2, columns: 20 }, SCREEN, PIPE)
    expect(text).not.toContain("\u001b[?")
  })

  test("on a dumb terminal one stands under the other, without a code", () => {
    const dumb = { ...SCREEN, moves: false }
    const first = redraw(["x".repeat(45)], null, dumb, PIPE)
    expect(first.text).toBe("x".repeat(45))
    expect(redraw(["b"], first.drawn, dumb, PIPE).text).toBe("\nb")
  })
})
