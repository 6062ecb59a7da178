import { expect, test } from "bun:test"
import { EMPTY_DOCUMENT, labelsOf } from "../../src/domain/document.ts"
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

test("labels are given in that order, of one provider or of all, as a list of one's own", () => {
  const accounts = {
    b: { provider: "anthropic" },
    "a-b": {},
    a_b: { provider: "OpenAI_Codex" },
    z: { provider: "nobody" },
  }
  const document = { ...EMPTY_DOCUMENT, accounts }
  for (let round = 0; round < 2; round++) {
    expect(labelsOf(document, "openai-codex")).toEqual(["a_b", "a-b"])
    expect(labelsOf(document, "anthropic")).toEqual(["b"])
    expect(labelsOf(document).splice(0)).toEqual(["a_b", "a-b", "b", "z"])
  }
  expect(labelsOf({ ...document, accounts: { c: {} } })).toEqual(["c"])
})
