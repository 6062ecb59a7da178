import { expect, test } from "bun:test"
import { reasonText, whyNotText } from "../../../src/render/words/reason.ts"

test.each([
  ["best_pace_start", "boss", "best pace, with the most to use up before its reset"],
  ["spent_before_next_tick", "boss", "`boss` is spent, or would be within minutes"],
  ["refused", "boss", "`boss` was refused"],
  ["refused", null, "the present label was refused"],
  ["some_new_reason", "boss", "some new reason"],
  ["constructor", "boss", "constructor"],
])("%s from %p", (reason, from, text) => expect(reasonText(reason, from)).toBe(text))

test("a label that would be taken needs no excuse", () => {
  expect(whyNotText(null)).toBe("")
  expect(whyNotText("usage_unknown")).toBe("usage unknown")
})
