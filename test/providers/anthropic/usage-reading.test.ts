import { describe, expect, test } from "bun:test"
import { readingFrom } from "../../../src/providers/anthropic/usage-reading.ts"
import { AT } from "./records.ts"

const SOON = "2026-11-21T12:00:00Z"
const THURSDAY = "2026-11-26T12:00:00+00:00"
const read = (body: object) => readingFrom(body as Record<string, unknown>, AT, "tier")
const windows = (body: object) =>
  read(body)?.windows.map(({ kind, usedPercent, resetAt }) => [kind, usedPercent, resetAt])

describe("windows", () => {
  test("come from `limits[]`, scoped ones by their model", () => {
    const limits = [
      { kind: "session", percent: 37, resets_at: SOON, scope: null },
      { kind: "weekly_all", percent: 12.5, resets_at: THURSDAY, scope: null },
      { kind: "weekly_scoped", percent: 80, scope: { model: { display_name: "Fable" } } },
      { kind: "spend", percent: 99, resets_at: null, scope: null },
      { kind: "weekly_scoped", percent: 5, scope: null },
      "nothing",
    ]
    expect(windows({ limits })).toEqual([
      ["5h", 37, Date.parse(SOON)],
      ["weekly", 12.5, Date.parse(THURSDAY)],
      ["weekly:fable", 80, null],
    ])
  })

  test("come from the older keys where it lacks them", () => {
    const older = {
      five_hour: { utilization: 3, resets_at: SOON },
      seven_day: { utilization: 4, resets_at: null },
      seven_day_opus: { utilization: 5, resets_at: null },
      seven_day_sonnet: null,
      cinder_cove: { utilization: 100, resets_at: null },
    }
    expect(windows(older)).toEqual([
      ["5h", 3, Date.parse(SOON)],
      ["weekly", 4, null],
      ["weekly:opus", 5, null],
    ])
    expect(windows({ ...older, limits: [{ kind: "session", percent: 50 }] })?.[0]).toEqual([
      "5h",
      50,
      null,
    ])
  })

  test.each<[string, object]>([
    ["a percent of null", { five_hour: { utilization: null, resets_at: SOON } }],
    ["a percent in words", { five_hour: { utilization: "7", resets_at: SOON } }],
    ["nothing", {}],
    ["no list", { limits: "many" }],
    ["one of a kind that nobody knows", { limits: [{ kind: "monthly", percent: 3 }] }],
  ])("that are missing are missing, never 0: %s", (_what, body) => {
    expect(read(body)).toBeNull()
  })

  test("hold no reset that can't be", () => {
    const reset = (resets_at: string) =>
      windows({ five_hour: { utilization: 9, resets_at } })?.[0]?.[2]
    expect(reset("2026-11-21T09:00:00Z")).toBeNull()
    expect(reset("2027-11-21T09:00:00Z")).toBeNull()
    expect(reset("later")).toBeNull()
  })

  test("of more than 100 percent are full", () => {
    expect(windows({ five_hour: { utilization: 104 } })).toEqual([["5h", 100, null]])
  })
})

test("extra usage and the plan are told beside them", () => {
  const extra_usage = {
    is_enabled: true,
    monthly_limit: 5_000,
    used_credits: 120,
    utilization: 2.4,
    currency: "USD",
    disabled_reason: null,
  }
  const reading = read({ five_hour: { utilization: 1 }, extra_usage })
  expect(reading?.plan).toBe("tier")
  expect(reading?.extraUsage).toEqual({
    enabled: true,
    usedPercent: 2.4,
    monthlyLimitCents: 5_000,
    usedCents: 120,
    currency: "USD",
    disabledReason: null,
  })
  expect(read({ five_hour: { utilization: 1 } })?.extraUsage).toBeNull()
})
