import { Database } from "bun:sqlite"
import { expect, test } from "bun:test"
import type { Ledger } from "../../src/ledger/ledger.ts"
import { openLedger } from "../../src/ledger/open.ts"
import { DAY, MINUTE } from "../../src/system/time.ts"
import { codes, freshFile, freshLedger } from "./temp-ledger.ts"
import { BOSS, CLAUDE, NOON, QA, reading } from "./temp-ledger-values.ts"

const LIMIT = 5

const printOf = (ledger: Ledger, since = 0) =>
  ledger.samplesPrint("openai-codex", since, LIMIT).print

/** Four readings, a minute and more apart. */
function filled(): Ledger {
  const ledger = freshLedger()
  for (const minute of [0, 2, 4])
    ledger.saveReading(BOSS, reading(NOON + minute * MINUTE, 1, 1), true)
  ledger.saveReading(QA, reading(NOON + 5 * MINUTE, 2, 2), false)
  return ledger
}

const at = (minute: number, five = 1, week = 1) => reading(NOON + minute * MINUTE, five, week)

test.each<[string, (ledger: Ledger) => void]>([
  ["another reading", (ledger) => ledger.saveReading(BOSS, at(9), true)],
  ["an older one that came late", (ledger) => ledger.saveReading(QA, at(1), true)],
  ["other numbers for one of them", (ledger) => ledger.saveReading(BOSS, at(4, 3), true)],
  ["another week for one of them", (ledger) => ledger.saveReading(BOSS, at(4, 1, 3), true)],
  ["a label that is gone", (ledger) => ledger.moveLabel("openai-codex", "qa", null)],
])("the print of the samples changes with %s", (_, change) => {
  const ledger = filled()
  const before = printOf(ledger)
  change(ledger)
  expect(printOf(ledger)).not.toBe(before)
})

test.each<[string, (ledger: Ledger) => void]>([
  ["nothing", () => {}],
  ["another provider's reading", (ledger) => ledger.saveReading(CLAUDE, at(9), true)],
  [
    "a reading that is no sample",
    (ledger) => ledger.saveReading(BOSS, { ...at(9), windows: [] }, true),
  ],
  [
    "a cooldown, a probe, a receipt",
    (ledger) => {
      ledger.cool(BOSS, NOON, "x")
      ledger.saveProbe(BOSS, { lastOutcome: "ok" })
      ledger.addReceipt(NOON, { action: "x", status: "noop" }, null)
    },
  ],
])("it does not with %s", (_, change) => {
  const ledger = filled()
  const before = printOf(ledger)
  change(ledger)
  expect(printOf(ledger)).toBe(before)
})

test("it is of those that are asked for, and tells the time of the last", () => {
  const ledger = filled()
  expect(ledger.samplesPrint("openai-codex", 0, LIMIT).last).toBe(NOON + 5 * MINUTE)
  expect(ledger.samplesPrint("anthropic", 0, LIMIT).last).toBeNull()
  const late = printOf(ledger, NOON + 1)
  expect(late).not.toBe(printOf(ledger))
  for (const minute of [10, 20, 30, 40, 50]) ledger.saveReading(BOSS, at(minute, minute), true)
  const newest = printOf(ledger)
  ledger.saveReading(QA, at(6, 7), true)
  expect(printOf(ledger)).toBe(newest)
})

test("a digest is given for its print only, and each name has one", () => {
  const file = freshFile()
  const ledger = openLedger(file, { now: NOON })
  expect(ledger.digest("a", "1")).toBeNull()
  ledger.keepDigest("a", "1", { of: 1 })
  ledger.keepDigest("b", "1", { of: "b" })
  ledger.close()
  const again = openLedger(file, { now: NOON })
  expect(again.digest("a", "1")).toEqual({ of: 1 })
  again.keepDigest("a", "2", { of: 2 })
  expect([again.digest("a", "1"), again.digest("a", "2"), again.digest("b", "1")]).toEqual([
    null,
    { of: 2 },
    { of: "b" },
  ])
})

test("keeping one neither waits for another process, nor says a word, nor counts as writing", () => {
  const file = freshFile()
  const ledger = openLedger(file, { now: NOON, waitMs: 60_000 })
  const other = new Database(file, { readwrite: true, create: false })
  other.run(
    "insert into sample (provider, observed_at, label, active) values ('anthropic', 1, 'x', 0)",
  )
  other.run("begin immediate")
  ledger.keepDigest("a", "1", { of: 1 })
  expect(ledger.digest("a", "1")).toBeNull()
  other.run("rollback")
  other.close()
  ledger.keepDigest("a", "1", { of: 1 })
  expect(ledger.digest("a", "1")).toEqual({ of: 1 })
  ledger.tidy(NOON + 200 * DAY)
  expect(ledger.samples("anthropic", 0, 9)).toHaveLength(1)
  expect(codes(ledger)).toEqual([])
})

test("a ledger of the first version gets the table and keeps what it has", () => {
  const file = freshFile()
  const first = openLedger(file, { now: NOON })
  first.cool(BOSS, NOON + 1, "kept")
  first.close()
  const old = new Database(file, { readwrite: true, create: false })
  old.run("drop table digest")
  old.run("drop trigger run_without_receipt")
  old.run("drop table run")
  old.run("drop table note")
  old.run("pragma user_version = 1")
  old.close()
  const ledger = openLedger(file, { now: NOON })
  ledger.keepDigest("a", "1", { of: 1 })
  expect(ledger.digest("a", "1")).toEqual({ of: 1 })
  expect(ledger.coolingUntil(BOSS, NOON)).toBe(NOON + 1)
  expect(codes(ledger)).toEqual([])
})
