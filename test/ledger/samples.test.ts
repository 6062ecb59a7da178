import { describe, expect, test } from "bun:test"
import { HOUR, MINUTE } from "../../src/system/time.ts"
import { codes, freshLedger } from "./temp-ledger.ts"
import { BOSS, CLAUDE, NOON, QA, reading, window } from "./temp-ledger-values.ts"

describe("lastReading", () => {
  test("gives back the whole reading, scoped windows too", () => {
    const ledger = freshLedger()
    const kept = {
      ...reading(NOON, 12.5, 40),
      windows: [
        window("5h", 12.5, null),
        { ...window("weekly:opus", 70, NOON), lengthMinutes: 10_080, scope: "opus" },
      ],
      credits: { hasCredits: true, unlimited: false, balance: "4.20" },
    }
    ledger.saveReading(BOSS, kept, false)
    expect(ledger.lastReading(BOSS)).toEqual(kept)
    expect(codes(ledger)).toEqual([])
  })

  test("is null for a label without one, and the same name of another provider is another label", () => {
    const ledger = freshLedger()
    ledger.saveReading(BOSS, reading(NOON, 1, 1), true)
    expect(ledger.lastReading(QA)).toBeNull()
    expect(ledger.lastReading(CLAUDE)).toBeNull()
  })

  test.each([
    ["a newer one replaces it", MINUTE, 2],
    ["one of the same moment replaces it", 0, 2],
    ["a slightly older one, saved late, does not", -MINUTE, 1],
    ["a much older one does: the clock was set back", -HOUR, 2],
  ])("%s", (_, later, used) => {
    const ledger = freshLedger()
    ledger.saveReading(BOSS, reading(NOON, 1, 1), false)
    ledger.saveReading(BOSS, reading(NOON + later, 2, 2), false)
    expect(ledger.lastReading(BOSS)?.windows[0]?.usedPercent).toBe(used)
  })
})

describe("samples", () => {
  test("gives the newest of one provider, oldest first, since a moment", () => {
    const ledger = freshLedger()
    for (const minutes of [0, 10, 20, 30]) {
      ledger.saveReading(BOSS, reading(NOON + minutes * MINUTE, minutes, 5), minutes === 30)
      ledger.saveReading(CLAUDE, reading(NOON + minutes * MINUTE, 99, 99), true)
    }
    const times = (since: number, limit: number) =>
      ledger.samples("openai-codex", since, limit).map((sample) => sample.observedAt - NOON)
    expect(times(0, 100)).toEqual([0, 10 * MINUTE, 20 * MINUTE, 30 * MINUTE])
    expect(times(0, 2)).toEqual([20 * MINUTE, 30 * MINUTE])
    expect(times(NOON + 20 * MINUTE, 100)).toEqual([20 * MINUTE, 30 * MINUTE])
    expect(times(0, 0)).toEqual([])
    expect(ledger.samples("openai-codex", 0, 1)).toEqual([
      {
        label: "boss",
        observedAt: NOON + 30 * MINUTE,
        active: true,
        plan: "pro",
        fiveUsed: 30,
        fiveResetAt: NOON + HOUR,
        weekUsed: 5,
        weekResetAt: NOON + 50 * HOUR,
      },
    ])
  })

  test("a missing window is missing, never zero; no window at all is no sample", () => {
    const ledger = freshLedger()
    ledger.saveReading(BOSS, { ...reading(NOON, 1, 1), windows: [window("weekly", 3, null)] }, true)
    ledger.saveReading(QA, { ...reading(NOON, 1, 1), windows: [] }, true)
    const [only, none] = ledger.samples("openai-codex", 0, 10)
    expect(only).toMatchObject({ label: "boss", fiveUsed: null, weekUsed: 3, weekResetAt: null })
    expect(none).toBeUndefined()
    expect(ledger.lastReading(QA)?.windows).toEqual([])
  })

  test.each([
    ["the same numbers within a minute", 59_999, 10, true, 1],
    ["the same numbers after a minute", 60_000, 10, true, 2],
    ["other numbers", 1_000, 10.1, true, 2],
    ["the same numbers, no longer active", 1_000, 10, false, 2],
  ])("%s", (_, later, used, active, count) => {
    const ledger = freshLedger()
    ledger.saveReading(BOSS, reading(NOON, 10, 10), true)
    ledger.saveReading(BOSS, reading(NOON + later, used, 10), active)
    expect(ledger.samples("openai-codex", 0, 10)).toHaveLength(count)
    expect(ledger.lastReading(BOSS)?.observedAt).toBe(NOON + later)
  })

  test("times that are no whole numbers, and numbers that are none, do no harm", () => {
    const ledger = freshLedger()
    const odd = {
      ...reading(NOON + 0.4, 1, 1),
      windows: [window("5h", Number.NaN, Number.POSITIVE_INFINITY), window("weekly", 7.25, 1.5)],
    }
    ledger.saveReading(BOSS, odd, true)
    expect(ledger.samples("openai-codex", 0, 10)).toMatchObject([
      { observedAt: NOON, fiveUsed: null, weekUsed: 7.25, weekResetAt: 2 },
    ])
    expect(codes(ledger)).toEqual([])
  })
})

test("usageHours averages young samples by label and hour and gives the last", () => {
  const ledger = freshLedger()
  ledger.saveReading(BOSS, reading(NOON, 10, 1), true)
  ledger.saveReading(BOSS, reading(NOON + 30 * MINUTE, 20, 2), true)
  ledger.saveReading(BOSS, reading(NOON + 59 * MINUTE, 60, 3), true)
  ledger.saveReading(QA, reading(NOON + HOUR, 5, 5), true)
  expect(ledger.usageHours("openai-codex", 0, 10)).toEqual([
    {
      label: "boss",
      hour: NOON,
      readings: 3,
      fiveMean: 30,
      fiveLast: 60,
      weekMean: 2,
      weekLast: 3,
    },
    {
      label: "qa",
      hour: NOON + HOUR,
      readings: 1,
      fiveMean: 5,
      fiveLast: 5,
      weekMean: 5,
      weekLast: 5,
    },
  ])
  expect(ledger.usageHours("openai-codex", 0, 1)).toMatchObject([{ label: "qa" }])
})
