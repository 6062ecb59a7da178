import { describe, expect, test } from "bun:test"
import type { Document } from "../../../src/domain/document.ts"
import { patchAccount } from "../../../src/domain/document-edits.ts"
import { BOSS, fresh, statusOf } from "./boss.ts"

describe("a label is eligible", () => {
  const credits = { hasCredits: true, unlimited: false, balance: "7" }
  const CASES: [string, Parameters<typeof statusOf>[2], Document, boolean][] = [
    ["with quota left", { read: fresh(90) }, BOSS, true],
    ["not when its quota is spent", { read: fresh(100) }, BOSS, false],
    ["not without a reading", {}, BOSS, false],
    ["not against the provider's word", { read: fresh(10, { allowed: false }) }, BOSS, false],
    [
      "by credits, where it has no windows",
      { read: fresh(0, { windows: [], credits }) },
      BOSS,
      true,
    ],
    ["not while it cools", { read: fresh(10), cooling: true }, BOSS, false],
    [
      "not out of the pool",
      { read: fresh(10) },
      patchAccount(BOSS, "boss", { pool: { enabled: false } }),
      false,
    ],
  ]
  test.each(CASES)("%s", async (_name, how, document, eligible) => {
    expect((await statusOf(document, "boss", how)).operator.eligible).toBe(eligible)
  })
})
