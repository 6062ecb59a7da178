import { Database } from "bun:sqlite"
import { expect, test } from "bun:test"
import { openLedger } from "../../src/ledger/open.ts"
import { codes, freshFile } from "./temp-ledger.ts"
import { BOSS, NOON } from "./temp-ledger-values.ts"

test("what a stand-in held reaches the file once, in order, over several outages", () => {
  const file = freshFile()
  const ledger = openLedger(file, { now: NOON, waitMs: 0 })
  for (let outage = 1; outage <= 3; outage++) {
    const other = new Database(file, { readwrite: true, create: false })
    other.run("begin immediate")
    ledger.addReceipt(NOON + outage, { action: "use", status: "noop", outage }, null)
    ledger.saveProbe(BOSS, { lastOutcome: "transient" })
    // An entry that is refused must not hold up the others.
    ledger.addReceipt(NOON, { action: "bad", status: "noop", big: 1n }, null)
    ledger.endCooling(BOSS)
    ledger.cool(BOSS, NOON + outage, "outage")
    other.run("rollback")
    other.close()
    ledger.tidy(NOON)
  }
  ledger.close()
  expect(codes(ledger)).toEqual(["ledger_locked", "ledger_entry_refused"])
  const after = openLedger(file, { now: NOON })
  expect(after.receipts({ limit: 99 }).map(({ receipt }) => receipt.outage)).toEqual([3, 2, 1])
  expect(after.probeState(BOSS).consecutiveFailures).toBe(3)
  expect(after.coolingUntil(BOSS, NOON)).toBe(NOON + 3)
})

test("what a stand-in could not copy it does without: an outage while the file is opened", () => {
  const file = freshFile()
  const other = new Database(file)
  other.run("create table x (a)")
  other.run("drop table x")
  other.run("begin exclusive")
  const ledger = openLedger(file, { now: NOON, waitMs: 0 })
  ledger.cool(BOSS, NOON + 1, "early")
  expect(ledger.coolingUntil(BOSS, NOON)).toBe(NOON + 1)
  expect(codes(ledger)).toEqual(["ledger_locked"])
  other.run("rollback")
  other.close()
  ledger.close()
  expect(openLedger(file, { now: NOON }).coolingUntil(BOSS, NOON)).toBe(NOON + 1)
})
