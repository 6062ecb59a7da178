import { Database } from "bun:sqlite"
import { expect, test } from "bun:test"
import { openLedger } from "../../src/ledger/open.ts"
import { isoTime } from "../../src/system/time.ts"
import { codes, freshFile } from "./temp-ledger.ts"
import { BOSS, NOON, reading } from "./temp-ledger-values.ts"

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

test("a stand-in takes over what commands look at, of a ledger of any size", () => {
  const file = freshFile()
  const ledger = openLedger(file, { now: NOON, waitMs: 0 })
  ledger.saveReading(BOSS, reading(NOON, 1, 1), true)
  ledger.cool(BOSS, NOON + 1, "x")
  ledger.saveProbe(BOSS, { lastRefreshAt: NOON })
  ledger.addHistory("anthropic", { observedAt: isoTime(NOON), kind: "selection" })
  ledger.sight("home", "hash", { of: "boot", ms: 5 }, NOON)
  ledger.addReceipt(NOON, { action: "use", status: "noop" }, null)
  const other = new Database(file, { readwrite: true, create: false })
  other.run(
    `with recursive n(n) as (select 1 union all select n + 1 from n where n < 20000)
     insert into sample (provider, observed_at, label, active)
     select 'openai-codex', ${NOON} - n * 1000, 'qa', 0 from n`,
  )
  other.run("begin immediate")
  ledger.addReceipt(NOON + 1, { action: "refresh", status: "noop" }, null)
  expect(codes(ledger)).toEqual(["ledger_locked"])
  const kept = ledger.samples("openai-codex", 0, 99_999)
  expect(kept).toHaveLength(5_000)
  expect(kept.at(-1)?.label).toBe("boss")
  expect(ledger.lastReading(BOSS)?.observedAt).toBe(NOON)
  expect(ledger.coolingUntil(BOSS, NOON)).toBe(NOON + 1)
  expect(ledger.probeState(BOSS).lastRefreshAt).toBe(NOON)
  expect(ledger.history("anthropic", NOON)).toHaveLength(1)
  expect(ledger.sight("home", "hash", { of: "boot", ms: 6 }, NOON + 1)).toBe(5)
  expect(ledger.receipts({ limit: 9 }).map(({ action }) => action)).toEqual(["refresh", "use"])
  other.run("rollback")
  other.close()
})
