import { expect, test } from "bun:test"
import { patience } from "../../../src/operations/login/attempt.ts"

test.each([
  [1_000, "1 second"],
  [2_000, "2 seconds"],
  [60_000, "60 seconds"],
  [90_000, "90 seconds"],
  [120_000, "2 minutes"],
  [150_000, "150 seconds"],
  [900_000, "15 minutes"],
])("%p ms are told as %p", (ms, told) => expect(patience(ms)).toBe(told))
