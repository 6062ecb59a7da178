import { Database } from "bun:sqlite"
import { describe, expect, test } from "bun:test"
import type { Ledger } from "../../src/ledger/ledger.ts"
import { openLedger } from "../../src/ledger/open.ts"
import { DAY, HOUR, isoTime, MINUTE } from "../../src/system/time.ts"
import { codes, freshFile, freshLedger } from "./temp-ledger.ts"
import { BOSS, CLAUDE, NOON, QA, reading } from "./temp-ledger-values.ts"

const SEEN = { of: "boot", ms: 5 }

/** Tidies as ticks do, which all write something, until nothing is left to do. */
function tidyAll(ledger: Ledger, now: number): void {
  ledger.endCooling(QA)
  for (let slice = 0; slice < 500; slice++) ledger.tidy(now)
}

/** Puts many receipts in at once. */
function fill(file: string, count: number, at: (index: number) => number, action: string): void {
  const database = new Database(file, { readwrite: true, create: false })
  const insert = database.prepare(
    "insert into receipt (at, action, status, target, label, body) values (?, ?, 'noop', null, null, '{}')",
  )
  database.transaction(() => {
    for (let index = 0; index < count; index++) insert.run(at(index), action)
  })()
  database.close()
}

describe("roll-up", () => {
  test("keeps of each label's hour the last reading and the means, once a week old", () => {
    const ledger = freshLedger()
    for (const [minute, five, week] of [
      [0, 10, 40],
      [20, 20, 41],
      [59, 60, 45],
    ] as const) {
      ledger.saveReading(BOSS, reading(NOON + minute * MINUTE, five, week), minute === 0)
      ledger.saveReading(CLAUDE, reading(NOON + minute * MINUTE, five / 2, week), false)
    }
    ledger.saveReading(QA, reading(NOON + 5 * MINUTE, 7, 8), false)
    ledger.saveReading(BOSS, reading(NOON + HOUR, 61, 46), false)
    const before = ledger.usageHours("openai-codex", 0, 99)
    tidyAll(ledger, NOON + HOUR + 7 * DAY - 1)
    expect(ledger.samples("openai-codex", 0, 99)).toHaveLength(5)
    tidyAll(ledger, NOON + 2 * HOUR + 7 * DAY - 1)
    const kept = ledger.samples("openai-codex", 0, 99)
    expect(
      kept.map(({ label, observedAt, active, fiveUsed, weekUsed }) => [
        label,
        (observedAt - NOON) / MINUTE,
        active,
        fiveUsed,
        weekUsed,
      ]),
    ).toEqual([
      ["qa", 5, false, 7, 8],
      ["boss", 59, true, 60, 45],
      ["boss", 60, false, 61, 46],
    ])
    expect(before).toHaveLength(3)
    expect(ledger.usageHours("openai-codex", 0, 99)).toEqual(before)
    expect(ledger.samples("anthropic", 0, 99)).toMatchObject([{ fiveUsed: 30 }])
    expect(ledger.usageHours("anthropic", 0, 99)).toMatchObject([{ readings: 3, fiveMean: 15 }])
    expect(codes(ledger)).toEqual([])
  })

  test("goes on where it stopped, over weeks and gaps, and changes no mean", () => {
    const ledger = freshLedger()
    for (const week of [0, 2])
      for (let minute = 0; minute < 1_500; minute += 5)
        for (const key of [BOSS, QA])
          ledger.saveReading(
            key,
            reading(NOON + week * 7 * DAY + minute * MINUTE, minute % 100, 1),
            true,
          )
    const before = ledger.usageHours("openai-codex", 0, 999)
    expect(before).toHaveLength(100)
    for (const day of [8, 15, 22, 23]) tidyAll(ledger, NOON + day * DAY)
    expect(ledger.samples("openai-codex", 0, 9_999)).toHaveLength(100)
    expect(ledger.usageHours("openai-codex", 0, 999)).toEqual(before)
  })
})

test("samples go after 90 days; a label's last reading stays", () => {
  const ledger = freshLedger()
  ledger.saveReading(BOSS, reading(NOON, 1, 1), true)
  ledger.saveReading(CLAUDE, reading(NOON, 1, 1), true)
  ledger.saveReading(QA, reading(NOON + DAY, 2, 2), true)
  tidyAll(ledger, NOON + 90 * DAY)
  expect(ledger.samples("openai-codex", 0, 9)).toHaveLength(2)
  tidyAll(ledger, NOON + 90 * DAY + HOUR)
  expect(ledger.samples("openai-codex", 0, 9)).toMatchObject([{ label: "qa" }])
  expect(ledger.samples("anthropic", 0, 9)).toEqual([])
  expect(ledger.lastReading(BOSS)?.observedAt).toBe(NOON)
})

describe("receipts", () => {
  test("go after a year, but for the newest of each action", () => {
    const ledger = freshLedger()
    for (const [action, day] of [
      ["codex_use", 0],
      ["codex_use", 1],
      ["pi_use", 0],
      ["pi_use", 300],
    ] as const)
      ledger.addReceipt(NOON + day * DAY, { action, status: "noop" }, null)
    tidyAll(ledger, NOON + 365 * DAY)
    expect(ledger.receipts({ limit: 9 })).toHaveLength(4)
    tidyAll(ledger, NOON + 400 * DAY)
    expect(ledger.receipts({ limit: 9 }).map(({ action, at }) => [action, at])).toEqual([
      ["pi_use", NOON + 300 * DAY],
      ["codex_use", NOON + DAY],
    ])
  })

  test("beyond 50,000 the oldest go, but for the newest of each action", () => {
    const file = freshFile()
    const ledger = openLedger(file, { now: NOON })
    fill(file, 1, () => NOON - DAY, "codex_use")
    fill(file, 51_200, (index) => NOON + index, "codex_watch")
    tidyAll(ledger, NOON + HOUR)
    expect(ledger.lastReceipt("codex_use")?.at).toBe(NOON - DAY)
    const watches = ledger.receipts({ since: NOON, limit: 99_999 })
    expect(watches).toHaveLength(50_000)
    expect(watches.at(-1)?.at).toBe(NOON + 1_200)
  })
})

test("history and sightings go after 90 days", () => {
  const file = freshFile()
  const ledger = openLedger(file, { now: NOON })
  const kept = { observedAt: isoTime(NOON + DAY), kind: "selection" }
  ledger.addHistory("anthropic", { observedAt: isoTime(NOON), kind: "selection" })
  ledger.addHistory("anthropic", kept)
  ledger.sight("old home", "hash", SEEN, NOON)
  ledger.sight("home", "hash", SEEN, NOON - DAY)
  ledger.sight("home", "hash", SEEN, NOON + DAY)
  tidyAll(ledger, NOON + 90 * DAY + HOUR)
  expect(ledger.history("anthropic", NOON + DAY)).toEqual([kept])
  const database = new Database(file, { readonly: true })
  expect(database.query("select store from sighting").all()).toEqual([{ store: "home" }])
  database.close()
})

describe("tidy", () => {
  function old(ledger: Ledger) {
    ledger.saveReading(BOSS, reading(NOON - 200 * DAY, 1, 1), true)
  }
  const left = (ledger: Ledger) => ledger.samples("openai-codex", 0, 9).length

  test("looks at most once an hour when nothing was due", () => {
    const ledger = freshLedger()
    tidyAll(ledger, NOON)
    old(ledger)
    tidyAll(ledger, NOON + HOUR - 1)
    expect(left(ledger)).toBe(1)
    tidyAll(ledger, NOON + HOUR)
    expect(left(ledger)).toBe(0)
  })

  test("is not stopped by a clock that was far ahead once", () => {
    const ledger = freshLedger()
    tidyAll(ledger, NOON + 900 * DAY)
    old(ledger)
    tidyAll(ledger, NOON)
    expect(left(ledger)).toBe(0)
  })

  test("gives up without a word while another process writes", () => {
    const file = freshFile()
    const ledger = openLedger(file, { now: NOON, waitMs: 10_000 })
    old(ledger)
    const other = new Database(file, { readwrite: true, create: false })
    other.run("begin immediate")
    for (let slice = 0; slice < 9; slice++) ledger.tidy(NOON)
    expect(left(ledger)).toBe(1)
    other.run("rollback")
    other.close()
    tidyAll(ledger, NOON)
    expect(left(ledger)).toBe(0)
    expect(codes(ledger)).toEqual([])
  })
})
