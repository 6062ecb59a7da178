import { describe, expect, test } from "bun:test"
import type { ProbeState } from "../../src/ledger/ledger.ts"
import { codes, freshLedger } from "./temp-ledger.ts"
import { BOSS, NOON, QA } from "./temp-ledger-values.ts"

describe("saveProbe", () => {
  test("a label that was never probed has no state", () => {
    expect(freshLedger().probeState(BOSS)).toEqual({
      lastAttemptAt: null,
      lastSuccessAt: null,
      lastOutcome: null,
      lastDetail: null,
      retryAfterUntil: null,
      consecutiveFailures: 0,
      lastRefreshAt: null,
      lastQuotaHitAt: null,
    })
  })

  test("merges: what the patch does not name stays, null clears", () => {
    const ledger = freshLedger()
    ledger.saveProbe(BOSS, { lastRefreshAt: NOON, lastQuotaHitAt: NOON + 1, lastDetail: "x" })
    ledger.saveProbe(BOSS, { lastAttemptAt: NOON + 2.6, lastQuotaHitAt: null })
    expect(ledger.probeState(BOSS)).toMatchObject({
      lastRefreshAt: NOON,
      lastQuotaHitAt: null,
      lastAttemptAt: NOON + 3,
      lastDetail: "x",
    })
    expect(ledger.probeState(QA).lastRefreshAt).toBeNull()
  })

  const failed = { lastOutcome: "transient" }
  const cases: [string, Partial<ProbeState>[], number][] = [
    ["each failure counts", [failed, { lastOutcome: "rate_limited" }], 2],
    ["a success ends the count", [failed, failed, { lastOutcome: "ok" }], 0],
    ["a patch about something else leaves it", [failed, { lastRefreshAt: NOON }], 1],
    ["forgetting the outcome leaves it", [failed, { lastOutcome: null }], 1],
    ["a patch that names the count sets it", [failed, { ...failed, consecutiveFailures: 7 }], 7],
  ]
  test.each(cases)("%s", (_, patches, count) => {
    const ledger = freshLedger()
    for (const patch of patches) ledger.saveProbe(BOSS, patch)
    expect(ledger.probeState(BOSS).consecutiveFailures).toBe(count)
    expect(codes(ledger)).toEqual([])
  })

  test("a detail is cut and keeps no token", () => {
    const ledger = freshLedger()
    ledger.saveProbe(BOSS, { lastDetail: `sk-ant-oat01-${"a".repeat(60)} ${"b".repeat(900)}` })
    const detail = ledger.probeState(BOSS).lastDetail
    expect(detail).toStartWith("[redacted] b")
    expect(detail).toHaveLength(500)
  })
})
