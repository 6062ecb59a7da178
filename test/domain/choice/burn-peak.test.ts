import { expect, test } from "bun:test"
import { burnOf, type UsageSample } from "../../../src/domain/choice/burn.ts"
import { HOUR, MINUTE, NOW } from "./input.ts"

/** Readings of an active 1x label every 5 minutes, in percent. */
function burnOver(percents: readonly number[]) {
  const samples = percents.map(
    (fiveUsed, tick): UsageSample => ({
      label: "boss",
      size: 1,
      observedAt: NOW + tick * 5 * MINUTE,
      fiveUsed,
      fiveResetAt: NOW + 5 * HOUR,
      weekUsed: null,
      weekResetAt: null,
      active: true,
    }),
  )
  return burnOf(samples, NOW + 10 * HOUR)
}

const calm = (from: number, ticks: number) =>
  Array.from({ length: ticks }, (_, tick) => from + 2 * (tick + 1))

test.each([
  [0, 4],
  [9, 4],
  [10, 4],
  [11, null],
  [12, null],
])(
  "two storms are the peak while both are among the last twelve slopes: %d later ones",
  (later, peak) => {
    const found = burnOver([0, 20, 40, ...calm(40, later)])
    expect(found.slopes).toBe(later + 2)
    expect(found.peak).toBeCloseTo(peak ?? found.mean, 10)
  },
)

test("one storm alone is no peak: it may be a reading gone wrong", () => {
  const found = burnOver([0, 2, 4, 6, 46, 48])
  expect(found.peak).toBeCloseTo(found.mean, 10)
  expect(found.peak).toBeLessThan(2)
})
