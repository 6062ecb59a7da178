import { describe, expect, test } from "bun:test"
import { MINUTE } from "../../src/system/time.ts"
import { freshLedger } from "./temp-ledger.ts"
import { BOSS, CLAUDE, NOON } from "./temp-ledger-values.ts"

describe("cooldowns", () => {
  test("last until their end, with their reason, for their label only", () => {
    const ledger = freshLedger()
    ledger.cool(BOSS, NOON + MINUTE, "usage_limit")
    expect(ledger.coolingUntil(BOSS, NOON)).toBe(NOON + MINUTE)
    expect(ledger.cooling(BOSS, NOON)).toEqual({ until: NOON + MINUTE, reason: "usage_limit" })
    expect(ledger.coolingUntil(BOSS, NOON + MINUTE)).toBeNull()
    expect(ledger.cooling(BOSS, NOON + MINUTE)).toBeNull()
    expect(ledger.coolingUntil(CLAUDE, NOON)).toBeNull()
  })

  test("are never shortened by a shorter one, and are lengthened by a longer", () => {
    const ledger = freshLedger()
    ledger.cool(BOSS, NOON + 10 * MINUTE, "usage_limit")
    ledger.cool(BOSS, NOON + MINUTE, "retry_after")
    expect(ledger.cooling(BOSS, NOON)).toMatchObject({ reason: "usage_limit" })
    ledger.cool(BOSS, NOON + 20 * MINUTE, "retry_after")
    expect(ledger.cooling(BOSS, NOON)).toEqual({
      until: NOON + 20 * MINUTE,
      reason: "retry_after",
    })
  })

  test("can be ended", () => {
    const ledger = freshLedger()
    ledger.cool(BOSS, Number.POSITIVE_INFINITY, "manual")
    expect(ledger.coolingUntil(BOSS, NOON)).toBe(Number.MAX_SAFE_INTEGER)
    ledger.endCooling(BOSS)
    expect(ledger.coolingUntil(BOSS, NOON)).toBeNull()
  })
})
