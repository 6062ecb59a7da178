import { expect, test } from "bun:test"
import {
  classifyWindow,
  fiveHourWindow,
  weeklyWindow,
  windowsThatCount,
} from "../../src/domain/window.ts"
import { five, reading, scoped, week } from "./choice/input.ts"

test.each([
  [300, null, "5h"],
  [299, null, "5h"],
  [315, null, "5h"],
  [10_080, null, "weekly"],
  [10_000, null, "weekly"],
  [10_080, "Opus", "weekly:opus"],
  [300, " GPT-5.3-Codex-Spark ", "5h:gpt-5.3-codex-spark"],
  [180, null, "3h"],
  [20, null, "1h"],
  [1_440, null, "1d"],
  [2_160, null, "36h"],
  [43_200, null, "30d"],
  [null, null, null],
  [0, null, null],
  [Number.NaN, "opus", null],
])("a window of %p minutes limited to %p is %p", (minutes, scope, kind) => {
  expect(classifyWindow(minutes, scope)).toBe(kind)
})

test("a lone week is the weekly window, wherever it stood", () => {
  const lone = reading([week(30)])
  expect(weeklyWindow(lone)?.usedPercent).toBe(30)
  expect(fiveHourWindow(lone)).toBeNull()
})

test("of two windows of a kind the most used one speaks", () => {
  expect(fiveHourWindow(reading([five(10), five(60), five(20)]))?.usedPercent).toBe(60)
})

test("a scoped window is not the one for every model", () => {
  const all = reading([five(1), scoped("weekly", "Opus", 90), scoped("5h", "Spark", 10)])
  expect(fiveHourWindow(all)?.usedPercent).toBe(1)
})

test("what counts: unscoped windows, and scoped ones for their model only", () => {
  const all = reading([five(1), week(2), scoped("weekly", "Opus", 100)])
  expect(windowsThatCount(all, null)).toHaveLength(2)
  expect(windowsThatCount(all, "claude-sonnet-4-5")).toHaveLength(2)
  expect(windowsThatCount(all, "claude-opus-4-1")).toHaveLength(3)
  expect(windowsThatCount(reading([five(Number.NaN)]), null)).toHaveLength(0)
})
