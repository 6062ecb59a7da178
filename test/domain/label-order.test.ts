import { expect, test } from "bun:test"
import { compareLabels } from "../../src/domain/label-order.ts"

test("labels are in the reference's order: _ before - before digits before letters", () => {
  const order = ["a", "a_b", "a-b", "a1", "a10", "a2", "ab", "b", "b_", "b-", "b0", "ba"]
  expect([...order].reverse().sort(compareLabels)).toEqual(order)
})

test("only a label itself is its equal", () => {
  expect(compareLabels("boss", "boss")).toBe(0)
  expect(compareLabels("boss", "boss1")).toBeLessThan(0)
  expect(compareLabels("boss1", "boss")).toBeGreaterThan(0)
})
