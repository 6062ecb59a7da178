import { expect, test } from "bun:test"
import type { LabelInput, Reason } from "../../src/domain/choice/types.ts"
import { chooseLabel } from "../../src/domain/choice.ts"
import { unread } from "./choice/case.ts"
import { anInput, HOUR, NOW, used } from "./choice/input.ts"
import { LEAVING } from "./choice/leaving-cases.ts"
import { LONE } from "./choice/lone-cases.ts"
import { STAYING } from "./choice/staying-cases.ts"
import { THRESHOLD } from "./choice/threshold-cases.ts"

const CASES = [...STAYING, ...LEAVING, ...THRESHOLD, ...LONE]

test.each(CASES)("$title", ({ input, label, reason, also = [] }) => {
  const choice = chooseLabel(anInput(input))
  expect({ label: choice.label, reason: choice.reason }).toEqual({ label, reason })
  expect([...choice.alsoReasons].sort()).toEqual([...also].sort())
  expect(choice.kept).toBe(label !== null && label === (input.current ?? "boss"))
})

test("the cases reach every reason", () => {
  const all: Record<Reason, true> = {
    lasts: true,
    idle_no_better: true,
    usage_unknown: true,
    below_5h_threshold: true,
    below_weekly_threshold: true,
    spent_before_next_tick: true,
    refused: true,
    cooling: true,
    login_dead: true,
    best_pace_start: true,
    best_pace_idle: true,
    longest_runway: true,
    last_resort: true,
    no_better: true,
    nothing_can_serve: true,
  }
  expect([...new Set(CASES.map(({ reason }) => reason as string))].sort()).toEqual(
    Object.keys(all).sort(),
  )
})

test("ties: more of the week, more of the 5h window, the label's place", () => {
  const pick = (...labels: LabelInput[]) => chooseLabel(anInput({ current: null, labels })).label
  expect(pick(used("a", 10, 10), used("b", 50, 10, { k: 10 }))).toBe("b")
  expect(pick(used("a", 20, 10), used("b", 10, 10))).toBe("b")
  expect(pick(used("a-b", 10, 10), used("a1", 10, 10), used("a_b", 10, 10))).toBe("a_b")
})

test("the numbers say what was compared, and terms are in label order", () => {
  const labels = [used("qa", 10, 20), used("boss", 96, 10), unread("a_1")]
  const choice = chooseLabel(anInput({ labels }))
  expect(choice.considered).toBe("qa")
  expect(choice.numbers).toMatchObject({
    guardMinutes: 7,
    horizonMinutes: 20,
    currentLeft5Pct: 4,
    currentLeftWeekPct: 90,
    idleMinutes: 0,
  })
  expect(choice.numbers.currentRunwayMinutesAtPeak).toBeCloseTo(6, 10)
  expect(choice.numbers.targetRunwayMinutesAtMean).toBeCloseTo(135, 10)
  expect(choice.numbers.runwayGain).toBeCloseTo(22.5, 10)
  expect(choice.numbers.targetPacePctPerMinute).toBeCloseTo(80 / (4 * 1440), 10)
  expect(choice.numbers.paceGain).toBeCloseTo(80 / 90, 10)
  expect(choice.terms.map(({ label }) => label)).toEqual(["a_1", "boss", "qa"])
  expect(choice.terms[0]).toEqual({
    label: "a_1",
    known: false,
    ageMinutes: null,
    left5Units: null,
    leftWeekUnits: null,
    leftOtherUnits: null,
    leftUnits: null,
    runwayMinutesMean: null,
    runwayMinutesPeak: null,
    pacePctPerMinute: null,
    cooling: false,
    serve: false,
    carry: false,
    whyNot: "usage_unknown",
  })
})

test("with nothing left it says when the first label is back", () => {
  const labels = [used("boss", 100, 10), used("qa", 10, 100), used("old", 100, 10)]
  labels.push(used("soon", 10, 10, { coolingUntil: NOW + HOUR }))
  const choice = chooseLabel(anInput({ labels }))
  expect(choice).toMatchObject({ reason: "nothing_can_serve", earliestResetAt: NOW + HOUR })
})
