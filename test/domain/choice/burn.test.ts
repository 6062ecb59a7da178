import { expect, test } from "bun:test"
import { burnOf, type UsageSample } from "../../../src/domain/choice/burn.ts"
import { HOUR, MINUTE, NOW } from "./input.ts"

const ASSUMED = 40 / 60

/** A reading of an active 1x label at a minute of the day. */
function at(minute: number, fiveUsed: number | null, more: Partial<UsageSample> = {}): UsageSample {
  return {
    label: "boss",
    size: 1,
    observedAt: NOW + minute * MINUTE,
    fiveUsed,
    fiveResetAt: NOW + 5 * HOUR,
    weekUsed: 20,
    weekResetAt: NOW + 100 * HOUR,
    active: true,
    ...more,
  }
}

const burn = (...samples: UsageSample[]) => burnOf(samples, NOW + 10 * HOUR)

test("before any data 40 units an hour are assumed, and it says so", () => {
  for (const nothing of [burn(), burn(at(0, 10))]) {
    expect(nothing).toEqual({
      mean: ASSUMED,
      peak: ASSUMED,
      idleMinutes: 0,
      slopes: 0,
      measured: false,
    })
  }
})

test("a slope is units per minute: percent times plan size", () => {
  expect(burn(at(0, 10), at(5, 15))).toMatchObject({ mean: 1, peak: 1, slopes: 1, measured: true })
  expect(burn(at(0, 10, { size: 20 }), at(5, 15, { size: 20 })).mean).toBe(20)
})

test("the mean weighs the newest slope by 0.15, the peak is the second highest of twelve", () => {
  const used = [0, 5, 10, 25, 45]
  const { mean, peak, slopes } = burn(...used.map((percent, tick) => at(tick * 5, percent)))
  expect(slopes).toBe(4)
  const afterThree = 1 + 0.15 * (3 - 1)
  expect(mean).toBeCloseTo(afterThree + 0.15 * (4 - afterThree), 10)
  expect(peak).toBe(3)
})

test("a peak older than twelve slopes is forgotten, and never below the mean", () => {
  const samples = [at(0, 0), at(5, 20), at(10, 40)]
  for (let tick = 3; tick < 15; tick++) samples.push(at(tick * 5, 40 + (tick - 2)))
  const { mean, peak } = burn(...samples)
  expect(peak).toBe(mean)
  expect(mean).toBeLessThan(1)
  expect(mean).toBeGreaterThan(0.2)
})

test("idleness never dilutes the mean, and is counted", () => {
  const busy = burn(at(0, 10), at(5, 15))
  const rested = burn(at(0, 10), at(5, 15), at(10, 15), at(30, 15))
  expect(rested).toMatchObject({ mean: busy.mean, slopes: 1, idleMinutes: 25 })
  expect(burn(at(0, 10), at(5, 10), at(10, 12)).idleMinutes).toBe(0)
})

test("readings less than two minutes apart wait for a later one", () => {
  expect(burn(at(0, 10), at(1, 12))).toMatchObject({ slopes: 0 })
  expect(burn(at(0, 10), at(1, 12), at(2, 14))).toMatchObject({ slopes: 1, mean: 2 })
})

test("a reset time may jitter by seconds", () => {
  const jitter = { fiveResetAt: NOW + 5 * HOUR + 40_000 }
  expect(burn(at(0, 10), at(5, 15, jitter))).toMatchObject({ slopes: 1, mean: 1 })
})

test("another window gives no slope, but usage in it ends idleness", () => {
  const next = { fiveResetAt: NOW + 9 * HOUR }
  expect(burn(at(0, 50), at(5, 60), at(30, 60), at(35, 3, next))).toMatchObject({
    slopes: 1,
    idleMinutes: 0,
  })
  expect(burn(at(0, 50), at(5, 60), at(30, 60), at(35, 0, next)).idleMinutes).toBe(30)
})

test("only the label that was active all the while counts", () => {
  const idle = { active: false }
  expect(burn(at(0, 10, idle), at(5, 20, idle)).slopes).toBe(0)
  expect(burn(at(0, 10, idle), at(5, 20)).slopes).toBe(0)
  expect(burn(at(0, 10), at(5, 20, idle), at(10, 30)).slopes).toBe(0)
  const qa = { label: "qa" }
  expect(burn(at(0, 10), at(5, 40, qa), at(10, 30)).slopes).toBe(0)
  expect(burn(at(0, 10), at(5, 40, { ...qa, active: false }), at(10, 20)).slopes).toBe(1)
})

test("work on a label that has just become active ends idleness", () => {
  const qa = { label: "qa" }
  const samples = [at(0, 10), at(0, 30, { ...qa, active: false }), at(30, 10)]
  expect(burn(...samples).idleMinutes).toBe(30)
  expect(burn(...samples, at(35, 30, qa)).idleMinutes).toBe(30)
  expect(burn(...samples, at(35, 34, qa)).idleMinutes).toBe(0)
})

test("a noisy dip and its return are neither a slope nor work", () => {
  const { slopes, idleMinutes } = burn(at(0, 42), at(5, 41), at(10, 42), at(15, 41), at(20, 42))
  expect({ slopes, idleMinutes }).toEqual({ slopes: 0, idleMinutes: 20 })
  expect(burn(at(0, 42), at(5, 41), at(10, 44))).toMatchObject({ slopes: 1, mean: 2 / 5 })
})

test("the one point that rounding shows is spread over the minutes it took, up to idleness", () => {
  const big = { size: 20 }
  const ticking = [at(0, 40, big), at(5, 40, big), at(10, 40, big), at(15, 41, big)]
  expect(burn(...ticking).mean).toBeCloseTo(20 / 15, 10)
  const rested = [at(0, 40, big), at(30, 40, big), at(60, 40, big), at(65, 41, big)]
  expect(burn(...rested).mean).toBe(1)
  expect(burn(at(0, 40, big), at(10, 40, big), at(15, 42, big)).mean).toBe(8)
  const waiting = { ...big, active: false }
  expect(burn(at(0, 40, waiting), at(30, 40, big), at(35, 41, big)).mean).toBe(4)
  expect(burn(at(0, 40.5), at(10, 40.5), at(15, 41.5)).mean).toBeCloseTo(0.2, 10)
})

test("a correction by the provider starts afresh", () => {
  expect(burn(at(0, 80), at(5, 20), at(10, 25))).toMatchObject({ slopes: 1, mean: 1 })
})

test("without a 5h window the weekly one serves, in units", () => {
  const weekly = (minute: number, weekUsed: number) =>
    at(minute, null, { weekUsed, fiveResetAt: null })
  expect(burn(weekly(0, 10), weekly(5, 11)).mean).toBeCloseTo(8 / 5, 10)
  expect(burnOf([weekly(0, 10), weekly(5, 11)], NOW + HOUR, 5).mean).toBeCloseTo(1, 10)
})

test("readings without a reset time count while they rise", () => {
  const open = { fiveResetAt: null }
  expect(burn(at(0, 10, open), at(5, 15, open))).toMatchObject({ slopes: 1, mean: 1 })
})

test("a window that comes or goes is no work", () => {
  expect(burn(at(0, 10), at(5, null), at(10, 10)).slopes).toBe(0)
  expect(burn(at(0, 10), at(5, null, { weekUsed: null }), at(10, 15)).slopes).toBe(1)
})

test("samples of the future are left out", () => {
  expect(burnOf([at(0, 10), at(5, 15), at(60, 90)], NOW + 5 * MINUTE).mean).toBe(1)
})
