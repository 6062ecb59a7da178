import { describe, expect, test } from "bun:test"
import { sinceTime } from "../../src/cli/since.ts"
import { AimError } from "../../src/system/errors.ts"
import { DAY, HOUR, MINUTE, SECOND } from "../../src/system/time.ts"

const NOW = Date.parse("2026-01-31T12:00:00Z")

describe("--since is", () => {
  test.each([
    ["30s", NOW - 30 * SECOND],
    ["90m", NOW - 90 * MINUTE],
    ["2h", NOW - 2 * HOUR],
    ["1d12h", NOW - 36 * HOUR],
    ["2w", NOW - 14 * DAY],
    ["0h", NOW],
    ["999999999w", 0],
    ["2026-01-30T08:00:00.000Z", Date.parse("2026-01-30T08:00:00Z")],
    ["2026-01-30T08:00+02:00", Date.parse("2026-01-30T06:00:00Z")],
    ["2026-01-30T08:00", new Date(2026, 0, 30, 8).getTime()],
    ["2026-01-30", new Date(2026, 0, 30).getTime()],
  ])("%s", (text, at) => expect(sinceTime(text, NOW)).toBe(at))

  test("nothing when it was not given", () => expect(sinceTime(undefined, NOW)).toBeNull())

  test.each(["", "2", "h", "2 h", "-2h", "2x", "yesterday", "2026", "2026-13-01", "1.5h", "5 1"])(
    "not `%s`",
    (text) => {
      expect(() => sinceTime(text, NOW)).toThrow(AimError)
    },
  )
})
