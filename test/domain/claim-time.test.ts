import { expect, test } from "bun:test"
import { claimTime } from "../../src/domain/jwt.ts"

test.each([
  [1_800_000_000, 1_800_000_000_000],
  [0.5, 500],
  [8.64e12, 8.64e15],
  // A provider that counts in microseconds, or lies, must not stop whoever writes the time down.
  [8.64e12 + 1, null],
  [1e308, null],
  [Number.POSITIVE_INFINITY, null],
  [Number.NaN, null],
  [0, null],
  [-1, null],
  ["1800000000", null],
  [undefined, null],
])("a claim of %p is the time %p", (exp, at) => {
  expect(claimTime({ exp }, "exp")).toBe(at)
})
