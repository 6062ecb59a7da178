import { expect, test } from "bun:test"
import { retryAfterMs } from "../../src/providers/retry-after.ts"

const AT = Date.parse("2026-11-20T10:00:00Z")

test.each<[string | null | undefined, number | null]>([
  ["120", 120_000],
  [" 0 ", 0],
  ["1.5", 1_500],
  ["3600", 3_600_000],
  ["3601", 3_600_000],
  ["9999999999", 3_600_000],
  ["Fri, 20 Nov 2026 10:02:00 GMT", 120_000],
  ["Friday, 20-Nov-26 10:02:00 GMT", 120_000],
  ["Fri Nov 20 10:02:00 2026 GMT", 120_000],
  ["Fri, 20 Nov 2026 09:00:00 GMT", 0],
  ["Fri, 20 Nov 2099 09:00:00 GMT", 3_600_000],
  [undefined, null],
  [null, null],
  ["", null],
  ["-5", null],
  ["1e9", null],
  ["soon", null],
  ["NaN", null],
  ["2026-11-20T10:02:00Z", null],
  ["Fri, 99 Foo 2026 10:02:00 GMT", null],
  ["99999999999999999999", null],
])("Retry-After %p asks for %p ms", (header, ms) => {
  expect(retryAfterMs(header, AT)).toBe(ms)
})
