import { Database } from "bun:sqlite"
import { describe, expect, test } from "bun:test"
import type { Ledger } from "../../src/ledger/ledger.ts"
import { openLedger } from "../../src/ledger/open.ts"
import { SLICE_ROWS, TIDY_FOR_MS } from "../../src/ledger/retention.ts"
import { DAY, HOUR, MINUTE } from "../../src/system/time.ts"
import { codes, freshFile } from "./temp-ledger.ts"
import { BOSS, NOON, QA, reading } from "./temp-ledger-values.ts"

const ROWS = 10 * SLICE_ROWS

/** A ledger with `ROWS` samples of two labels, one a `step`, and a clock that goes on by `tick`. */
function filled(step: number, tick: number): { ledger: Ledger; count: () => number } {
  const file = freshFile()
  let clock = 0
  const elapsed = () => {
    clock += tick
    return clock
  }
  const ledger = openLedger(file, { now: NOON, elapsed })
  ledger.endCooling(QA)
  const database = new Database(file, { readwrite: true, create: false })
  const insert = database.prepare(
    `insert into sample (provider, observed_at, label, active, five_used)
     values ('openai-codex', ?, ?, 0, ?)`,
  )
  database.transaction(() => {
    for (let row = 0; row < ROWS; row++)
      insert.run(NOON + Math.floor(row / 2) * step, row % 2 === 0 ? "boss" : "qa", row % 97)
  })()
  const count = () => {
    const row = database.query<{ count: number }, []>("select count(*) as count from sample").get()
    return row?.count ?? Number.NaN
  }
  return { ledger, count }
}

/** How many rows went with each of the first calls. */
function gone({ ledger, count }: ReturnType<typeof filled>, now: number, calls: number): number[] {
  const left = Array.from({ length: calls }, () => {
    const before = count()
    ledger.tidy(now)
    return before - count()
  })
  return left
}

describe("a slice looks at no more rows than it may", () => {
  test.each([
    ["that are to be deleted", MINUTE, NOON + 200 * DAY],
    ["of many hours", MINUTE, NOON + 80 * DAY],
    ["of one hour", 100, NOON + 80 * DAY],
    ["of some seconds", 1, NOON + 80 * DAY],
  ])("%s", (_, step, now) => {
    const world = filled(step, TIDY_FOR_MS)
    for (const rows of gone(world, now, 8)) {
      expect(rows).toBeGreaterThan(SLICE_ROWS / 2)
      expect(rows).toBeLessThanOrEqual(SLICE_ROWS)
    }
    expect(codes(world.ledger)).toEqual([])
  })
})

test("a call goes on with slices until its time is over, and the next one goes on there", () => {
  const slices = (tick: number) =>
    Math.round((gone(filled(MINUTE, tick), NOON + 200 * DAY, 1)[0] ?? 0) / SLICE_ROWS)
  expect(slices(TIDY_FOR_MS)).toBe(1)
  expect(slices(TIDY_FOR_MS / 4)).toBe(4)
  expect(slices(0)).toBe(ROWS / SLICE_ROWS)
})

test("an hour that is done in parts has the means of all its readings", () => {
  const { ledger, count } = filled(100, TIDY_FOR_MS)
  const before = ledger.usageHours("openai-codex", 0, 99)
  for (let call = 0; call < 40; call++) {
    ledger.tidy(NOON + 80 * DAY)
    for (const [index, hour] of ledger.usageHours("openai-codex", 0, 99).entries()) {
      expect(hour).toEqual({ ...hour, ...before[index], fiveMean: hour.fiveMean })
      expect(hour.fiveMean).toBeCloseTo(before[index]?.fiveMean ?? 0, 9)
    }
  }
  expect(count()).toBe(before.length)
  expect(before).toHaveLength(2)
})

test("a process that has only read does none of it", () => {
  const file = freshFile()
  const writer = openLedger(file, { now: NOON })
  writer.saveReading(BOSS, reading(NOON, 1, 1), true)
  const reader = openLedger(file, { now: NOON })
  reader.tidy(NOON + 200 * DAY)
  expect(reader.samples("openai-codex", 0, 9)).toHaveLength(1)
  reader.endCooling(QA)
  reader.tidy(NOON + 200 * DAY + HOUR)
  expect(reader.samples("openai-codex", 0, 9)).toHaveLength(0)
})
