import { describe, expect, test } from "bun:test"
import { usageStatus } from "../../../src/operations/status/usage.ts"
import type { UsageView } from "../../../src/pool/usage.ts"
import { five, NOW, reading, scoped, week } from "../../domain/choice/input.ts"

const view = (outcome: UsageView["outcome"], known = true): UsageView => ({
  key: { provider: "openai-codex", label: "boss" },
  reading: known
    ? reading([week(40), scoped("5h", "spark", 7), five(10, null)], { plan: "pro" })
    : null,
  outcome,
  detail: outcome === "transient" ? "http_500" : null,
})
const status = (of: UsageView | null, at = NOW) => usageStatus("openai-codex", of, at)

describe("what is known of a label's quota", () => {
  test.each([
    ["read", true, false],
    ["cached", true, false],
    ["transient", false, false],
    ["waiting", false, false],
    ["access_expired", false, true],
    ["unauthorized", false, true],
  ] as const)(
    "is good, or its token is out, by how it came about: %s",
    (outcome, ok, tokenExpired) => {
      expect(status(view(outcome))).toMatchObject({
        status: outcome,
        ok,
        tokenExpired,
        known: true,
      })
      expect(status(view(outcome, false))).toMatchObject({ ok: false, known: false })
    },
  )

  test("has its windows by length, not by place, each with its reset", () => {
    const { windows, plan } = status(view("read"))
    expect(windows.map(({ label, kind, usedPercent }) => [label, kind, usedPercent])).toEqual([
      ["5h", "5h", 10],
      ["Week", "weekly", 40],
      ["5h:spark", "5h:spark", 7],
    ])
    expect(windows[0]).toMatchObject({ resetAt: null, resetsAt: null, scope: null })
    const resetAt = windows[1]?.resetAt ?? 0
    expect(windows[1]?.resetsAt).toBe(new Date(resetAt).toISOString())
    expect([windows[2]?.scope, plan]).toEqual(["spark", "pro"])
  })

  test("of Claude has its models' windows by their names, the most used first", () => {
    const windows = [scoped("weekly", "Opus", 5), scoped("weekly", "Fable", 100), week(40)]
    const extraUsage = {
      enabled: true,
      usedPercent: 25,
      monthlyLimitCents: 5000,
      usedCents: 1250,
      currency: "USD",
      disabledReason: null,
    }
    const read = { ...view("read"), reading: reading(windows, { plan: "tier", extraUsage }) }
    const shown = usageStatus("anthropic", read, NOW, "stored")
    expect(shown.windows.map(({ label }) => label)).toEqual(["Week", "Fable", "Opus"])
    expect(shown).toMatchObject({ plan: "tier", extraUsage, unmetered: false })
  })

  test("that nobody may ask for is unmetered, with the plan that the login names", () => {
    const shown = usageStatus("anthropic", view("unmetered", false), NOW, "stored")
    expect(shown).toMatchObject({ unmetered: true, known: false, windows: [], plan: "stored" })
  })

  test("has the reading's time and age, which is never below zero", () => {
    expect(status(view("cached"), NOW + 90_400)).toMatchObject({
      observedAt: new Date(NOW).toISOString(),
      ageSeconds: 90,
    })
    expect(status(view("cached"), NOW - 5000).ageSeconds).toBe(0)
  })

  test("has what the issuer said of credits, and why asking failed", () => {
    const credits = { hasCredits: true, unlimited: false, balance: "7" }
    const paid = { ...view("read"), reading: reading([], { credits }) }
    expect(status(paid)).toMatchObject({ credits, windows: [] })
    expect(status(view("transient")).detail).toBe("http_500")
  })

  test("is null and never 0 where nothing is", () => {
    expect(usageStatus("anthropic", null, NOW)).toEqual({
      provider: "anthropic",
      ok: false,
      status: "unsupported_yet",
      known: false,
      unmetered: false,
      windows: [],
      plan: null,
      credits: null,
      extraUsage: null,
      observedAt: null,
      ageSeconds: null,
      tokenExpired: false,
      detail: null,
    })
  })
})
