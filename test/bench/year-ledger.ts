import { Database } from "bun:sqlite"
import { openLedger } from "../../src/ledger/open.ts"

const YEAR = 365 * 86_400_000
const FIVE_HOURS = 5 * 3_600_000
const WEEK = 7 * 86_400_000

/** The rows of a year of readings, before any roll-up; `AIM_BENCH_ROWS` makes it less. */
export const YEAR_ROWS = Number(process.env.AIM_BENCH_ROWS ?? 10_000_000)

/** Gives each label a last reading, of this minute, and nothing else: a ledger that is as good as empty. */
export function fillReadings(file: string, labels: readonly string[], now: number): void {
  const ledger = openLedger(file, { now })
  for (const [index, label] of labels.entries()) {
    const window = (kind: string, usedPercent: number, lengthMinutes: number) => ({
      kind,
      usedPercent,
      resetAt: now + (lengthMinutes * 60_000) / 2,
      lengthMinutes,
      scope: null,
    })
    ledger.saveReading(
      { provider: "openai-codex", label },
      {
        observedAt: now,
        plan: "plus",
        windows: [window("5h", (index * 7) % 90, 300), window("weekly", index * 3, 10_080)],
        credits: null,
        allowed: true,
        limitReached: false,
        source: "usage_endpoint",
      },
      index === 0,
    )
  }
  ledger.close()
}

/**
 * Adds `rows` readings of the last year, every label in turn, as no roll-up has seen them: each
 * label's windows fill up and begin anew, and the labels take turns in being the active one.
 */
export function fillYear(file: string, labels: readonly string[], now: number, rows: number): void {
  const database = new Database(file, { readwrite: true, create: false })
  const step = Math.floor((YEAR / rows) * labels.length)
  const first = now - YEAR
  // Nobody else has the file yet, and what is lost by a power cut is made again.
  database.run("pragma journal_mode = off")
  database.run("pragma synchronous = off")
  database.run(
    `with recursive tick(n) as (select 0 union all select n + 1 from tick where n + 1 < ?1),
       label(id, name) as (select key, value from json_each(?2))
     insert into sample (provider, observed_at, label, active, plan,
       five_used, five_reset_at, week_used, week_reset_at)
     select 'openai-codex', ?3 + n * ?4 + id, name, n / 190 % ?5 = id, 'plus',
       n * ?4 % ${FIVE_HOURS} * 90 / ${FIVE_HOURS},
       ?3 + (n * ?4 / ${FIVE_HOURS} + 1) * ${FIVE_HOURS},
       n * ?4 % ${WEEK} * 90 / ${WEEK}, ?3 + (n * ?4 / ${WEEK} + 1) * ${WEEK}
     from tick cross join label where n * ?4 + id < ${YEAR}`,
    [Math.floor(rows / labels.length), JSON.stringify(labels), first, step, labels.length],
  )
  // Nothing was rolled up so far, and retention is due.
  database.run("delete from mark")
  database.run("pragma journal_mode = wal")
  database.close()
}
