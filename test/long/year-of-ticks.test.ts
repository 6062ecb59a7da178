import { Database } from "bun:sqlite"
import { afterEach, expect, setSystemTime, test } from "bun:test"
import { readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { activate } from "../../src/operations/activate.ts"
import { readStatus } from "../../src/operations/status.ts"
import { UNASKED } from "../../src/operations/watch/options.ts"
import { withPool } from "../../src/pool/pool.ts"
import { EVERY, playTicks, TICKS_A_DAY, TICKS_A_YEAR } from "../support/play-ticks.ts"
import { openPoolWorld } from "../support/pool-world.ts"

const DAY = TICKS_A_DAY * EVERY
const NOTHING_RUNS = 90
const LABELS = ["boss", "lessons", "qa"]
/** Decisions of a day: night and day, one label after the other, six of 24 ticks by turns. */
const RUNS_A_DAY = 14
/** A week of a reading each tick, then one an hour and label; at a switch one of every label. */
const SAMPLES = 7 * TICKS_A_DAY + 90 * 24 * 2 + 90 * 5 * LABELS.length

afterEach(() => {
  setSystemTime()
})

test("a year of a timer's looks keeps the ledger and the state file small", async () => {
  await using world = await openPoolWorld(LABELS)
  for (const label of LABELS) await world.label(label)
  await activate(world.pool, world.target, UNASKED)
  const { homes } = world.pool
  const { dir, file } = world.pool.vault.paths
  const ledger = join(dir, "ledger.db")
  // The looks of a day share a pool, as those of a loop do.
  const begun = Date.now()
  let switches = 0
  const sizes: number[] = []
  for (let from = 0; from < TICKS_A_YEAR; from += TICKS_A_DAY) {
    setSystemTime(begun + from * EVERY)
    const played = await withPool(homes, (pool) =>
      playTicks(pool, world.target, { begun, from, ticks: TICKS_A_DAY, tell: setSystemTime }),
    )
    switches += played.switches
    sizes.push(statSync(ledger).size)
  }
  world.pool.ledger.close()
  const rows = rowsOf(ledger)
  const figures = { switches, rows, bytes: sizes.at(-1), state: statSync(file).size }
  console.log(JSON.stringify(figures))
  // What changed nothing is kept for 90 days, what did for a year.
  expect(rows.receipt).toBeLessThan(NOTHING_RUNS * RUNS_A_DAY + 2 * switches + 100)
  expect(rows.run).toBeLessThan(NOTHING_RUNS * RUNS_A_DAY + switches + 100)
  expect(rows.sample).toBeLessThan(SAMPLES)
  expect(figures.bytes).toBeLessThan(16_000_000)
  // Nothing but the switches grows in the year's second half.
  expect((sizes.at(-1) ?? 0) - (sizes[182] ?? 0)).toBeLessThan(switches * 4_000)
  expect(figures.state).toBeLessThan(200_000)
  expect(readdirSync(dir).filter((name) => name.includes(".bak.")).length).toBeLessThan(40)

  const status = await withPool(homes, (pool) => readStatus(pool, "cached"))
  expect(status.warnings.filter(({ kind }) => kind.startsWith("ledger"))).toEqual([])
  expect(status.watches).toMatchObject([{ target: "codex", reason: "lasts", status: "noop" }])
  expect(Date.parse(String(status.watches[0]?.lookedAt))).toBe(begun + 365 * DAY - EVERY)
})

function rowsOf(file: string) {
  const database = new Database(file, { readonly: true })
  const count = (table: string) =>
    database.query<{ rows: number }, []>(`select count(*) as rows from ${table}`).get()?.rows ?? 0
  const rows = { receipt: count("receipt"), run: count("run"), sample: count("sample") }
  database.close()
  return rows
}
