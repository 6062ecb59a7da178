import { describe, expect, test } from "bun:test"
import type { JsonObject } from "../../src/domain/login.ts"
import { isoTime, MINUTE } from "../../src/system/time.ts"
import { codes, freshLedger } from "./temp-ledger.ts"
import { NOON } from "./temp-ledger-values.ts"

function use(minutes: number, label: string, more: JsonObject = {}) {
  const observedAt = isoTime(NOON + minutes * MINUTE)
  return { action: "codex_use", status: "activated", observedAt, label, ...more }
}

describe("receipts", () => {
  test("are found by target, label and time, newest first", () => {
    const ledger = freshLedger()
    ledger.addReceipt(0, use(1, "boss"), "codex")
    ledger.addReceipt(0, use(3, "qa"), "codex")
    ledger.addReceipt(0, { ...use(2, "boss"), action: "pi_use" }, "pi")
    const found = (filter: Parameters<typeof ledger.receipts>[0]) =>
      ledger.receipts(filter).map(({ at }) => (at - NOON) / MINUTE)
    expect(found({ limit: 10 })).toEqual([3, 2, 1])
    expect(found({ limit: 2 })).toEqual([3, 2])
    expect(found({ target: "codex", limit: 10 })).toEqual([3, 1])
    expect(found({ label: "boss", limit: 10 })).toEqual([2, 1])
    expect(found({ target: "codex", label: "boss", since: NOON, limit: 10 })).toEqual([1])
    expect(found({ since: NOON + 2 * MINUTE, limit: 10 })).toEqual([3, 2])
    expect(ledger.lastReceipt("pi_use")?.target).toBe("pi")
    expect(ledger.lastReceipt("claude_use")).toBeNull()
  })

  test("come back as they were, with growing ids", () => {
    const ledger = freshLedger()
    const receipt = use(0, "boss", {
      reasons: ["best_pace_start"],
      decision: { numbers: { a: 1 } },
    })
    const first = ledger.addReceipt(0, receipt, "codex")
    const second = ledger.addReceipt(NOON + 5, { action: "sync", status: "applied" }, null)
    expect(second).toBeGreaterThan(first)
    expect(ledger.lastReceipt("codex_use")).toEqual({
      id: first,
      at: NOON,
      action: "codex_use",
      status: "activated",
      target: "codex",
      label: "boss",
      run: null,
      receipt,
    })
    expect(ledger.receipt(first)).toEqual(ledger.lastReceipt("codex_use"))
    expect(ledger.receipt(second)).toMatchObject({ action: "sync" })
    expect(ledger.receipt(second + 1)).toBeNull()
    expect(ledger.lastReceipt("sync")).toMatchObject({ at: NOON + 5, target: null, label: null })
  })

  test("one that can't be written is named and stops nothing", () => {
    const ledger = freshLedger()
    const circle: Record<string, unknown> = {}
    circle.self = circle
    expect(ledger.addReceipt(NOON, { action: "a", status: "noop", circle }, null)).toBe(0)
    expect(ledger.addReceipt(NOON, { action: "a", status: "noop", big: 1n }, null)).toBe(0)
    expect(codes(ledger)).toEqual(["ledger_entry_refused"])
    expect(ledger.addReceipt(NOON, { action: "a", status: "noop" }, null)).toBeGreaterThan(0)
  })
})

describe("seedReceipt", () => {
  test("takes in what the ledger lacks, once", () => {
    const ledger = freshLedger()
    for (let round = 0; round < 3; round++) {
      ledger.seedReceipt("codex_use", "codex", use(1, "boss"))
      ledger.seedReceipt("codex_use", "codex", use(2, "qa"))
    }
    expect(ledger.receipts({ limit: 10 }).map(({ label }) => label)).toEqual(["qa", "boss"])
  })

  test("knows its own receipt again, however the time was written", () => {
    const ledger = freshLedger()
    ledger.addReceipt(NOON + 999, use(0, "boss"), "codex")
    const observedAt = "2026-03-04T12:00:00Z"
    ledger.seedReceipt("codex_use", "codex", { ...use(0, "boss"), observedAt })
    expect(ledger.receipts({ limit: 10 })).toHaveLength(1)
  })

  test("one without a time comes in only where the action has none", () => {
    const ledger = freshLedger()
    ledger.seedReceipt("pi_use", "pi", { label: "old" })
    ledger.seedReceipt("pi_use", "pi", { label: "older" })
    expect(ledger.receipts({ limit: 10 })).toMatchObject([
      { action: "pi_use", status: "unknown", label: "old", at: 0 },
    ])
  })
})
