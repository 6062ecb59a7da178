import { describe, expect, test } from "bun:test"
import { asLabel, parseLabel, parseNewLabel } from "../../src/domain/label.ts"
import { AimError } from "../../src/system/errors.ts"

describe("labels", () => {
  test.each([
    ["boss", "boss"],
    [" Boss ", "boss"],
    ["qa-2_b", "qa-2_b"],
    ["0", "0"],
    ["-a", null],
    ["_a", null],
    ["a b", null],
    ["", null],
    ["__proto__", null],
    ["ä", null],
  ])("%p", (typed, label) => {
    expect(asLabel(typed)).toBe(label)
  })

  test.each(["status", "codex", "pi", "claude", "auth", "default", "gateway"])(
    "a new label can't be called %s, an old one can",
    (word) => {
      expect(parseLabel(word)).toBe(word)
      expect(() => parseNewLabel(word)).toThrow(AimError)
    },
  )

  test("a text that is no label is wrong usage, with the grammar as the way out", () => {
    try {
      parseLabel("a/b")
      throw new Error("accepted")
    } catch (error) {
      expect(error).toMatchObject({
        exit: 2,
        problem: { code: "invalid_label", hint: expect.stringContaining("letter") },
      })
    }
  })
})
