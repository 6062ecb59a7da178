import { describe, expect, test } from "bun:test"
import { MINUTE } from "../../src/system/time.ts"
import { codes, freshLedger } from "./temp-ledger.ts"
import { BOSS, CLAUDE, NOON, QA, reading } from "./temp-ledger-values.ts"

const CHIEF = { provider: "openai-codex", label: "chief" } as const

function filled() {
  const ledger = freshLedger()
  for (const key of [BOSS, QA, CLAUDE]) {
    const used = key === BOSS ? 10 : 20
    ledger.saveReading(key, reading(NOON, used, used), true)
    ledger.saveProbe(key, { lastDetail: key.label })
    ledger.cool(key, NOON + used * MINUTE, "usage_limit")
  }
  ledger.addReceipt(NOON, { action: "codex_use", status: "noop", label: "boss" }, "codex")
  return ledger
}

describe("moveLabel", () => {
  test.each([
    ["to a name nobody bears", CHIEF],
    ["to a name with leftovers", QA],
  ])("renames everything kept for a label, %s", (_, to) => {
    const ledger = filled()
    ledger.moveLabel("openai-codex", "boss", to.label)
    expect(ledger.lastReading(BOSS)).toBeNull()
    expect(ledger.probeState(BOSS).lastDetail).toBeNull()
    expect(ledger.coolingUntil(BOSS, NOON)).toBeNull()
    expect(ledger.lastReading(to)?.windows[0]?.usedPercent).toBe(10)
    expect(ledger.probeState(to).lastDetail).toBe("boss")
    expect(ledger.coolingUntil(to, NOON)).toBe(NOON + 10 * MINUTE)
    const samples = ledger.samples("openai-codex", 0, 10).filter(({ label }) => label === to.label)
    expect(samples).toMatchObject([{ fiveUsed: 10 }])
    expect(ledger.receipts({ label: to.label, limit: 9 })).toMatchObject([
      { receipt: { label: "boss" } },
    ])
    expect(ledger.lastReading(CLAUDE)?.observedAt).toBe(NOON)
    expect(codes(ledger)).toEqual([])
  })

  test("done twice is done once: an empty old name takes nothing from the new one", () => {
    const ledger = filled()
    ledger.moveLabel("openai-codex", "boss", "chief")
    ledger.moveLabel("openai-codex", "boss", "chief")
    expect(ledger.lastReading(CHIEF)?.windows[0]?.usedPercent).toBe(10)
  })

  test("forgets a label, but not the receipts", () => {
    const ledger = filled()
    ledger.moveLabel("openai-codex", "boss", null)
    expect(ledger.lastReading(BOSS)).toBeNull()
    expect(ledger.probeState(BOSS).lastDetail).toBeNull()
    expect(ledger.coolingUntil(BOSS, NOON)).toBeNull()
    expect(ledger.samples("openai-codex", 0, 10).map(({ label }) => label)).toEqual(["qa"])
    expect(ledger.receipts({ label: "boss", limit: 9 })).toHaveLength(1)
    expect(ledger.lastReading(CLAUDE)?.observedAt).toBe(NOON)
  })
})
