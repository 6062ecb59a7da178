import { expect, test } from "bun:test"
import { frameOf } from "../../../src/render/layout/frame.ts"
import { paint } from "../../../src/render/layout/style.ts"

const FACTS = { columns: 120, color: true, unicode: true }

test("the operator's flags stand over the terminal's facts", () => {
  expect(frameOf(FACTS)).toEqual({ width: 120, color: true, unicode: true })
  expect(frameOf(FACTS, { color: false }).color).toBe(false)
  expect(frameOf({ ...FACTS, color: false }, { color: true }).color).toBe(true)
  expect(frameOf({ ...FACTS, columns: 3 }).width).toBe(20)
})

test("a style is seen only where there are colours", () => {
  expect(paint(frameOf(FACTS), "red", "x")).toBe("\u001b[31mx\u001b[0m")
  expect(paint(frameOf(FACTS, { color: false }), "red", "x")).toBe("x")
  expect(paint(frameOf(FACTS), undefined, "x")).toBe("x")
})
