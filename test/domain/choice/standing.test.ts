import { expect, test } from "bun:test"
import { modePolicy } from "../../../src/domain/choice/mode-policy.ts"
import { standingOf } from "../../../src/domain/choice/standing.ts"
import type { ChoiceInput, LabelInput, WhyNot } from "../../../src/domain/choice/types.ts"
import {
  aLabel,
  anInput,
  BUSY,
  five,
  HOUR,
  IDLE,
  MINUTE,
  NOW,
  reading,
  scoped,
  stale,
  used,
  week,
} from "./input.ts"

function stand(label: LabelInput, more: Partial<ChoiceInput> = {}) {
  const input = anInput({ current: null, ...more })
  return standingOf(label, input, modePolicy(input.mode, input.tickMinutes))
}

const QUICK_THEN_CALM = { ...BUSY, peak: 4 }
const ABOVE_20 = { thresholds: { fivePct: 20, weeklyPct: 0 } }

test.each<[WhyNot | null, LabelInput, Partial<ChoiceInput>]>([
  [null, used("qa", 10, 10), {}],
  ["disabled", used("qa", 10, 10, { enabled: false, ready: false }), {}],
  ["not_ready", used("qa", 10, 10, { ready: false }), {}],
  ["refused", used("qa", 10, 10), { current: "qa", refused: true }],
  ["cooling", used("qa", 10, 10, { coolingUntil: NOW + 1 }), {}],
  ["usage_unknown", aLabel("qa", { reading: null }), {}],
  ["usage_unknown", stale("qa", 10, 10), {}],
  ["usage_unknown", aLabel("qa", { reading: reading([]) }), {}],
  ["limit_reached", aLabel("qa", { reading: reading([five(1)], { limitReached: true }) }), {}],
  ["limit_reached", aLabel("qa", { reading: reading([five(1)], { allowed: false }) }), {}],
  ["below_floor", used("qa", 96, 10), {}],
  ["below_floor", used("qa", 10, 99.8), {}],
  ["below_floor", used("qa", 10, 99, { size: 20 }), {}],
  ["runway_too_short", used("qa", 90, 10), {}],
  ["runway_too_short", used("qa", 25, 10), { mode: "use" }],
  ["spent_before_next_tick", used("qa", 73, 10), { burn: QUICK_THEN_CALM }],
  ["below_threshold", used("qa", 81, 10), ABOVE_20],
  [null, used("qa", 80, 10), ABOVE_20],
  ["below_threshold", used("qa", 1, 95), { thresholds: { fivePct: 0, weeklyPct: 10 } }],
  [null, used("qa", 10, 10, { coolingUntil: NOW }), {}],
])("whyNot is %p", (whyNot, label, more) => {
  expect(stand(label, more).whyNot).toBe(whyNot)
})

test("the one point that rounding shows is nothing to count on, in each window for itself", () => {
  expect(stand(used("qa", 99, 10, { size: 20 })).sure).toBe(0)
  expect(stand(used("qa", 10, 99, { size: 20 }))).toMatchObject({ left: 160, sure: 0 })
  expect(stand(used("qa", 10, 98, { size: 20 }))).toMatchObject({ sure: 160, serve: true })
})

test("a window the plan does not have drops out of the minimum", () => {
  const weekOnly = stand(aLabel("qa", { reading: reading([week(50)]) }))
  expect(weekOnly).toMatchObject({ left5: Number.POSITIVE_INFINITY, left: 400, serve: true })
  const fiveOnly = stand(aLabel("qa", { reading: reading([five(50, NOW + 100 * MINUTE)]) }))
  expect(fiveOnly).toMatchObject({ left: 50, pace: 0.5 })
})

test("credits stand in for windows only by the provider's word, and are used last", () => {
  const credits = { hasCredits: true, unlimited: false, balance: "5" }
  const paid = stand(aLabel("qa", { reading: reading([], { credits }) }))
  expect(paid).toMatchObject({ serve: true, carry: true, pace: 0 })
  const none = { ...credits, hasCredits: false }
  expect(stand(aLabel("qa", { reading: reading([], { credits: none }) })).known).toBe(false)
  const refused = reading([], { credits, allowed: false })
  expect(stand(aLabel("qa", { reading: refused })).known).toBe(false)
  const spent = stand(aLabel("qa", { reading: reading([five(100)], { credits }) }))
  expect(spent.serve).toBe(false)
})

test("a scoped window counts for its model only", () => {
  const label = aLabel("qa", {
    reading: reading([five(1), week(1), scoped("weekly", "Opus", 100)]),
  })
  expect(stand(label).serve).toBe(true)
  expect(stand(label, { model: "claude-sonnet-4-5" }).serve).toBe(true)
  expect(stand(label, { model: "claude-opus-4-1" })).toMatchObject({ serve: false, leftOther: 0 })
})

test("a reset that has passed makes a spent window full, and lifts the provider's limit", () => {
  const observedAt = NOW - 10 * MINUTE
  const spent = reading([five(100, NOW - MINUTE), week(50)], { observedAt, limitReached: true })
  expect(stand(aLabel("qa", { reading: spent }))).toMatchObject({ left: 100, serve: true })
})

test("the provider's word that the limit is reached outweighs its percentages", () => {
  const label = aLabel("qa", { reading: reading([five(1), week(1)], { limitReached: true }) })
  expect(stand(label)).toMatchObject({ serve: false, carry: false, runwayMean: 0, calm: false })
})

test("burnt since the reading: only by the current label, only while busy, only since it is", () => {
  const observedAt = NOW - 15 * MINUTE
  const label = aLabel("qa", { reading: reading([five(50), week(10)], { observedAt }) })
  expect(stand(label).left).toBe(50)
  expect(stand(label, { current: "qa" }).left).toBeCloseTo(40, 10)
  expect(stand(label, { current: "qa", burn: IDLE }).left).toBe(50)
  expect(stand(label, { current: "qa", currentSince: NOW }).left).toBe(50)
  const since = { current: "qa", currentSince: NOW - 3 * MINUTE }
  expect(stand(label, since).left).toBeCloseTo(48, 10)
  const left = { current: "boss", previous: "qa", currentSince: NOW - 3 * MINUTE }
  expect(stand(label, left).left).toBeCloseTo(42, 10)
})

test("a threshold means the percentage as it was read", () => {
  const observedAt = NOW - 15 * MINUTE
  const label = aLabel("qa", { reading: reading([five(75), week(10)], { observedAt }) })
  const current = stand(label, { current: "qa", ...ABOVE_20 })
  expect(current).toMatchObject({ left5Pct: 25, aboveThresholds: true })
  expect(current.left5).toBeCloseTo(15, 10)
})

test("a reading is known for 30 minutes, and not if it comes from far in the future", () => {
  const aged = (minutes: number) =>
    stand(aLabel("qa", { reading: reading([five(1)], { observedAt: NOW - minutes * MINUTE }) }))
  expect([0, 30, 31, -1, -31].map((minutes) => aged(minutes).known)).toEqual([
    true,
    true,
    false,
    true,
    false,
  ])
})

test("one and the same percentage serves on a big plan and not on a small one", () => {
  expect(stand(used("qa", 96, 10)).serve).toBe(false)
  expect(stand(used("qa", 96, 10, { size: 20 }))).toMatchObject({ serve: true, carry: true })
})

test("it is free again when the last of what holds it ends", () => {
  expect(stand(used("qa", 100, 10)).freeAt).toBe(NOW + 4 * HOUR)
  expect(stand(used("qa", 100, 100)).freeAt).toBe(NOW + 96 * HOUR)
  expect(stand(used("qa", 100, 10, { coolingUntil: NOW + 5 * HOUR })).freeAt).toBe(NOW + 5 * HOUR)
  expect(stand(used("qa", 10, 10)).freeAt).toBeNull()
  expect(stand(used("qa", 100, 10, { ready: false })).freeAt).toBeNull()
  expect(stand(aLabel("qa", { reading: reading([five(100, null)]) })).freeAt).toBeNull()
})

test("a watch that looks less often keeps a longer guard", () => {
  const label = used("qa", 85, 10)
  expect(stand(label).calm).toBe(true)
  expect(stand(label, { tickMinutes: 30 })).toMatchObject({ calm: false, serve: false })
})
