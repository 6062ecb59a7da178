import { describe, expect, test } from "bun:test"
import { bar } from "../../src/render/layout/bar.ts"
import { ago, duration, until } from "../../src/render/layout/duration.ts"
import { PLAIN } from "../../src/render/layout/frame.ts"
import { percent } from "../../src/render/layout/percent.ts"
import { DAY, HOUR, MINUTE, SECOND } from "../../src/system/time.ts"

test.each([
  [-5, "0s"],
  [999, "0s"],
  [59 * SECOND, "59s"],
  [MINUTE, "1m"],
  [59 * MINUTE + 59 * SECOND, "59m"],
  [2 * HOUR + 13 * MINUTE, "2h 13m"],
  [HOUR, "1h"],
  [3 * DAY + 4 * HOUR + 59 * MINUTE, "3d 4h"],
  [DAY, "1d"],
])("a span of %d ms is %s", (ms, text) => expect(duration(ms)).toBe(text))

test("how long ago, and how soon", () => {
  expect([ago(0, 9 * SECOND), ago(0, 10 * SECOND), ago(5, 0)]).toEqual([
    "just now",
    "10s ago",
    "just now",
  ])
  expect([until(HOUR, 0), until(0, HOUR), until(999, 0)]).toEqual(["in 1h", "now", "now"])
})

test.each([
  [0, "0%"],
  [0.2, "1%"],
  [1.4, "1%"],
  [62.5, "63%"],
  [99.4, "99%"],
  [99.9, "99%"],
  [100, "100%"],
  [null, "?"],
  [undefined, "?"],
  [Number.NaN, "?"],
])("%p percent is %s", (value, text) => expect(percent(value)).toBe(text))

describe("a bar", () => {
  test.each([
    [0, "----------"],
    [34, "###-------"],
    [100, "##########"],
    [140, "##########"],
    [-3, "----------"],
    [null, "??????????"],
  ])("of %p", (value, text) => expect(bar(value, 10, PLAIN)).toBe(text))

  test("in blocks where the terminal has them", () =>
    expect(bar(50, 4, { ...PLAIN, unicode: true })).toBe("██░░"))
})
