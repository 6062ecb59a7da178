import { afterEach, describe, expect, test } from "bun:test"
import { untilTime } from "../../src/cli/until.ts"
import { AimError } from "../../src/system/errors.ts"

const zone = process.env.TZ
afterEach(() => {
  process.env.TZ = zone ?? ""
  if (zone === undefined) delete process.env.TZ
})

const until = (tz: string, text: string, now: string) => {
  process.env.TZ = tz
  const at = untilTime(text, Date.parse(now), "codex")
  return at === null ? null : new Date(at).toISOString().replace(":00.000Z", "Z")
}

describe("--until is the next time that the local clock shows it", () => {
  test.each([
    ["UTC", "07:30", "2026-01-31T06:00:00Z", "2026-01-31T07:30Z"],
    ["UTC", "7:30", "2026-01-31T06:00:00Z", "2026-01-31T07:30Z"],
    ["UTC", "07:30", "2026-01-31T07:29:59Z", "2026-01-31T07:30Z"],
    ["UTC", "07:30", "2026-01-31T07:30:00Z", "2026-02-01T07:30Z"],
    ["UTC", "00:00", "2026-12-31T23:59:00Z", "2027-01-01T00:00Z"],
    ["UTC", "23:59", "2026-01-31T00:00:00Z", "2026-01-31T23:59Z"],
    ["Asia/Kathmandu", "07:30", "2026-01-31T02:00:00Z", "2026-02-01T01:45Z"],
    ["America/New_York", "07:30", "2026-01-31T06:00:00Z", "2026-01-31T12:30Z"],
    // The night in which clocks go forward: at 01:00 UTC 02:00 becomes 03:00.
    ["Europe/Berlin", "07:00", "2026-03-28T21:00:00Z", "2026-03-29T05:00Z"],
    ["Europe/Berlin", "02:30", "2026-03-28T23:00:00Z", "2026-03-29T01:30Z"],
    ["Europe/Berlin", "02:30", "2026-03-29T02:00:00Z", "2026-03-30T00:30Z"],
    // The night in which they go back: 02:30 is shown at 00:30 UTC and at 01:30 UTC.
    ["Europe/Berlin", "07:00", "2026-10-24T20:00:00Z", "2026-10-25T06:00Z"],
    ["Europe/Berlin", "02:30", "2026-10-24T23:00:00Z", "2026-10-25T00:30Z"],
    ["Europe/Berlin", "02:30", "2026-10-25T00:45:00Z", "2026-10-25T01:30Z"],
    ["Europe/Berlin", "02:30", "2026-10-25T01:30:00Z", "2026-10-26T01:30Z"],
    // By half an hour: 01:45 is shown at 14:45 UTC and at 15:15 UTC.
    ["Australia/Lord_Howe", "01:45", "2026-04-04T14:50:00Z", "2026-04-04T15:15Z"],
  ])("%s %s at %s", (tz, text, now, expected) => {
    expect(until(tz, text, now)).toBe(expected)
  })

  test.each([
    ["2026-01-31T08:00Z", "2026-01-31T08:00Z"],
    ["2026-01-31T08:00+02:00", "2026-01-31T06:00Z"],
    ["2026-01-31T08:00", "2026-01-31T13:00Z"],
    ["2026-02-01", "2026-02-01T05:00Z"],
  ])("or the ISO time %s", (text, expected) => {
    expect(until("America/New_York", text, "2026-01-31T00:00:00Z")).toBe(expected)
  })
})

test("--until is nothing when it was not given", () => {
  expect(untilTime(undefined, 0, "codex")).toBeNull()
})

describe("--until says what is wrong", () => {
  const problem = (text: string) => {
    try {
      untilTime(text, Date.parse("2026-01-31T12:00:00Z"), "pi")
    } catch (error) {
      if (error instanceof AimError) return { ...error.problem, exit: error.exit }
    }
    return null
  }
  test.each([
    "",
    "24:00",
    "7",
    "07:60",
    "7.30",
    "tomorrow",
    "2026",
    "2026-13-01",
    "2026-02-30",
    "2026-04-31T08:00",
    "07:30:00",
    "-1:00",
  ])("`%s` is no time", (text) => {
    expect(problem(text)).toMatchObject({
      code: "invalid_value",
      exit: 2,
      message: expect.stringContaining("`--until` is a time of day such as `07:30`"),
      hint: "aim pi watch --until 07:30",
    })
  })

  test("a time that has gone by", () => {
    expect(problem("2026-01-31T11:59Z")).toMatchObject({
      code: "invalid_value",
      exit: 2,
      message: "`--until` is over: 2026-01-31T11:59:00.000Z was before now",
    })
  })
})
