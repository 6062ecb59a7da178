import { expect, test } from "bun:test"
import type { UsageSample } from "../../../src/domain/choice/burn.ts"
import { measuredWeeklyRatio } from "../../../src/domain/choice/weekly-ratio.ts"
import { DAY, HOUR, MINUTE, NOW } from "./input.ts"

function sample(minute: number, fiveUsed: number, weekUsed: number, window = 0): UsageSample {
  return {
    label: "boss",
    size: 1,
    observedAt: NOW + minute * MINUTE,
    fiveUsed,
    fiveResetAt: NOW + (window + 1) * 5 * HOUR,
    weekUsed,
    weekResetAt: NOW + 5 * DAY,
    active: false,
  }
}

/** Ten ticks of a 5h window that is burnt to 90 %, in a week that holds K windows. */
function burnt(k: number, window: number): UsageSample[] {
  return Array.from({ length: 10 }, (_, tick) => {
    const fiveUsed = tick * 10
    const weekUsed = Math.round((window * 90 + fiveUsed) / k)
    return sample(window * 300 + tick * 20, fiveUsed, weekUsed, window)
  })
}

test.each([5, 8, 12])("a week of %p windows is measured through rounding", (k) => {
  const samples = [0, 1, 2, 3].flatMap((window) => burnt(k, window))
  const measured = measuredWeeklyRatio(samples) ?? 0
  expect(Math.abs(measured - k) / k).toBeLessThan(0.15)
})

test("little burn, no burn and no readings measure nothing", () => {
  expect(measuredWeeklyRatio([])).toBeNull()
  expect(measuredWeeklyRatio([sample(0, 10, 10), sample(5, 50, 15)])).toBeNull()
  expect(measuredWeeklyRatio([sample(0, 10, 10), sample(5, 10, 10)])).toBeNull()
})

test("nonsense is not believed, nor a window that is spent or exchanged", () => {
  expect(measuredWeeklyRatio([sample(0, 10, 10), sample(5, 11, 40)])).toBeNull()
  expect(measuredWeeklyRatio([sample(0, 20, 10), sample(5, 100, 30)])).toBeNull()
  expect(measuredWeeklyRatio([sample(0, 20, 10, 0), sample(5, 90, 30, 1)])).toBeNull()
})
