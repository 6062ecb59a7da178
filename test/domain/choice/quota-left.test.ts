import { expect, test } from "bun:test"
import { paceOf, quotaTerm, runwayMinutes } from "../../../src/domain/choice/quota-left.ts"
import { DAY, five, HOUR, MINUTE, NOW, week } from "./input.ts"

const PLAIN = { now: NOW, size: 1, k: 8, driftUnits: 0 }

test("a 5h window holds 100 units a size, a week K times that", () => {
  expect(quotaTerm(five(25), PLAIN).leftUnits).toBe(75)
  expect(quotaTerm(five(25), { ...PLAIN, size: 20 }).leftUnits).toBe(1_500)
  expect(quotaTerm(week(25), { ...PLAIN, k: 5 }).leftUnits).toBe(375)
})

test("other lengths hold their share of the 5h window or of the week", () => {
  const odd = (kind: string, lengthMinutes: number) =>
    quotaTerm({ kind, usedPercent: 0, resetAt: null, lengthMinutes, scope: null }, PLAIN)
  expect(odd("3h", 180).leftUnits).toBeCloseTo(60)
  expect(odd("12h", 720).leftUnits).toBe(100)
  expect(odd("1d", 1_440).leftUnits).toBeCloseTo(800 / 7)
  expect(odd("30d", 43_200).leftUnits).toBeCloseTo((800 * 30) / 7)
})

test("what was burnt since the reading is taken off, never below nothing", () => {
  expect(quotaTerm(five(25), { ...PLAIN, driftUnits: 20 }).leftUnits).toBe(55)
  expect(quotaTerm(five(25), { ...PLAIN, driftUnits: 200 }).leftUnits).toBe(0)
})

test("a window whose reset has passed is full: the 5h one closed, the week gone on", () => {
  const passed = { ...PLAIN, driftUnits: 20 }
  expect(quotaTerm(five(95, NOW - MINUTE), passed)).toMatchObject({
    leftUnits: 100,
    resetInMinutes: null,
    resetAt: null,
  })
  expect(quotaTerm(week(95, NOW - DAY), passed)).toMatchObject({
    leftUnits: 800,
    resetAt: NOW + 6 * DAY,
  })
  expect(quotaTerm(week(95, NOW - 15 * DAY), passed).resetAt).toBe(NOW + 6 * DAY)
})

test("runway: left over burn, and a reset that comes first fills the window once", () => {
  expect(runwayMinutes(quotaTerm(five(50), PLAIN), 1)).toBe(50)
  expect(runwayMinutes(quotaTerm(five(50, NOW + 10 * MINUTE), PLAIN), 1)).toBe(110)
  expect(runwayMinutes(quotaTerm(five(100, NOW + 10 * MINUTE), PLAIN), 1)).toBe(0)
  expect(runwayMinutes(quotaTerm(five(50, null), PLAIN), 1)).toBe(50)
})

test("pace: percent per minute until the reset, which is never nearer than ten", () => {
  expect(paceOf(quotaTerm(week(50, NOW + 100 * MINUTE), PLAIN))).toBe(0.5)
  expect(paceOf(quotaTerm(week(50, NOW + MINUTE), PLAIN))).toBe(5)
  expect(paceOf(quotaTerm(week(50, null), PLAIN))).toBeCloseTo(50 / 10_080)
  expect(paceOf(quotaTerm(week(50, NOW + 100 * MINUTE), { ...PLAIN, size: 20 }))).toBe(0.5)
  expect(paceOf(null)).toBe(0)
  expect(paceOf(quotaTerm(five(50, NOW + HOUR), PLAIN))).toBeCloseTo(50 / 60)
})
