import { expect, test } from "bun:test"
import { everySeconds, spanMs } from "../../src/cli/span.ts"
import { AimError } from "../../src/system/errors.ts"

test.each([
  ["90s", 90_000],
  ["1d12h", 129_600_000],
  ["5", null],
  ["5 m", null],
  ["-5m", null],
])("%s is %p ms", (text, ms) => expect(spanMs(text)).toBe(ms))

test.each([
  [undefined, 300],
  ["60s", 60],
  ["1h30m", 5400],
  ["24h", 86_400],
])("every %p is every %d s", (text, seconds) => expect(everySeconds(text)).toBe(seconds))

test.each(["59s", "24h1s", "0m", "", "often"])("every %p is refused", (text) => {
  expect(() => everySeconds(text)).toThrow(AimError)
})
