import { expect, test } from "bun:test"
import { labelRecord, rememberedBy } from "../../../src/operations/status/record.ts"
import { freshLedger } from "../../ledger/temp-ledger.ts"
import { BOSS, NOON } from "../../ledger/temp-ledger-values.ts"

const NEVER = {
  lastRefreshAt: null,
  lastSuccessAt: null,
  lastQuotaHitAt: null,
  coolingUntil: null,
  coolingReason: null,
  consecutiveFailures: 0,
}
const iso = (at: number) => new Date(at).toISOString()

test("what the ledger remembers of a label is told in ISO times", () => {
  const ledger = freshLedger()
  ledger.saveProbe(BOSS, {
    lastRefreshAt: NOON,
    lastSuccessAt: NOON + 1,
    lastQuotaHitAt: NOON + 2,
    lastOutcome: "transient",
  })
  ledger.cool(BOSS, NOON + 60_000, "usage_limit")
  const recordAt = (at: number) => labelRecord(rememberedBy(ledger, at), "openai-codex", "boss")
  expect(recordAt(NOON)).toEqual({
    lastRefreshAt: iso(NOON),
    lastSuccessAt: iso(NOON + 1),
    lastQuotaHitAt: iso(NOON + 2),
    coolingUntil: iso(NOON + 60_000),
    coolingReason: "usage_limit",
    consecutiveFailures: 1,
  })
  expect(recordAt(NOON + 60_000)).toMatchObject({
    coolingUntil: null,
    coolingReason: null,
  })
})

test("a label that was never asked, or whose provider nobody knows, has none", () => {
  const ledger = freshLedger()
  ledger.saveProbe(BOSS, { lastRefreshAt: NOON })
  const remembered = rememberedBy(ledger, NOON)
  expect(labelRecord(remembered, "openai-codex", "qa")).toEqual(NEVER)
  expect(labelRecord(remembered, "anthropic", "boss")).toEqual(NEVER)
  expect(labelRecord(remembered, null, "boss")).toEqual(NEVER)
})
