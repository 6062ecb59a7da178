import { describe, expect, test } from "bun:test"
import { isSpent, labelQuota } from "../../../src/domain/capacity/label-quota.ts"
import { NOW, quota, reading, usageWindow } from "./pool-facts.ts"

describe("a label's quota", () => {
  test("without a reading, or without a window that counts for all work, is unknown", () => {
    expect(labelQuota("a", null, NOW)).toBeNull()
    expect(labelQuota("a", reading(), NOW)).toBeNull()
    const scoped = { ...usageWindow("weekly:opus", 50, 1), scope: "opus" }
    expect(labelQuota("a", reading(scoped), NOW)).toBeNull()
  })

  test.each<[string, ReturnType<typeof usageWindow>[], [number | null, number | null, number]]>([
    ["by length", [usageWindow("weekly", 40, 9), usageWindow("5h", 10, 1)], [10, 40, 60]],
    ["a week alone is no 5h", [usageWindow("weekly", 40, 9)], [null, 40, 60]],
    ["5h alone is no week", [usageWindow("5h", 10, 1)], [10, null, 90]],
    ["another window plans, and is neither", [usageWindow("3h", 96, 1)], [null, null, 4]],
    ["a reset that has passed is full", [usageWindow("5h", 99, -0.1)], [0, null, 100]],
    ["out of bounds", [usageWindow("5h", 134, 1), usageWindow("weekly", -3, 1)], [100, 0, 100]],
    [
      "not a number",
      [usageWindow("5h", Number.NaN, 1), usageWindow("weekly", 7, 1)],
      [null, 7, 93],
    ],
  ])("%s", (_name, windows, [five, week, planning]) => {
    const made = labelQuota("a", reading(...windows), NOW)
    expect([
      made?.five?.usedPct ?? null,
      made?.week?.usedPct ?? null,
      made?.planningLeftPct,
    ]).toEqual([five, week, planning])
  })

  test.each<[number | null, number | null, boolean]>([
    [94.9, 94.9, false],
    [95, 0, true],
    [0, 95, true],
    [null, 96, true],
    [null, 10, false],
  ])("%p and %p percent: spent is %p", (five, week, spent) =>
    expect(isSpent(quota("a", five, week))).toBe(spent),
  )
})
