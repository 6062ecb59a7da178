import { Database } from "bun:sqlite"
import { expect, test } from "bun:test"
import { cooling, coolings } from "../../src/ledger/cooldowns.ts"
import { digest, keepDigest, printOfSamples } from "../../src/ledger/digests.ts"
import { addHistory, history, lacksHistory } from "../../src/ledger/history.ts"
import { probeState, probeStates, saveProbe } from "../../src/ledger/probes.ts"
import {
  addReceipt,
  lacksReceipt,
  lastReceipt,
  receiptOf,
  receipts,
} from "../../src/ledger/receipts.ts"
import { tidySlice } from "../../src/ledger/retention.ts"
import { lastReading, lastReadings, samples, saveReading } from "../../src/ledger/samples.ts"
import { migrate } from "../../src/ledger/schema.ts"
import { sight, sightedSince } from "../../src/ledger/sightings.ts"
import { type Sql, sqlOf } from "../../src/ledger/sql.ts"
import { DAY, isoTime } from "../../src/system/time.ts"
import { BOSS, NOON, reading } from "./temp-ledger-values.ts"

const ENTRY = { observedAt: isoTime(NOON), kind: "selection" }
const RECEIPT = { ...ENTRY, action: "use", status: "noop" }

/** Every statement that commands run, and each slice of retention. */
function useAll(sql: Sql): void {
  saveReading(sql, BOSS, reading(NOON, 1, 1), true)
  lastReading(sql, BOSS)
  lastReadings(sql, "openai-codex")
  probeStates(sql, "openai-codex")
  coolings(sql, "openai-codex", NOON)
  samples(sql, "openai-codex", NOON, 10)
  const { print } = printOfSamples(sql, "openai-codex", NOON, 10)
  keepDigest(sql, "x", print, {})
  digest(sql, "x", print)
  saveProbe(sql, BOSS, { lastOutcome: "ok" })
  probeState(sql, BOSS)
  cooling(sql, BOSS, NOON)
  const id = addReceipt(sql, NOON, "use", RECEIPT, "codex")
  receiptOf(sql, id)
  lastReceipt(sql, "use")
  lacksReceipt(sql, "use", RECEIPT)
  for (const filter of [{}, { target: "codex" }, { label: "boss" }, { since: NOON }])
    receipts(sql, { ...filter, limit: 10 })
  addHistory(sql, "openai-codex", ENTRY)
  lacksHistory(sql, "openai-codex", ENTRY)
  history(sql, "openai-codex", NOON)
  sight(sql, "store", "hash", { of: "boot", ms: 5 }, NOON)
  sightedSince(sql, "store", "hash", { of: "boot", ms: 5 }, NOON)
  for (const days of [10, 200, 200, 500]) tidySlice(sql, NOON + days * DAY)
}

/** Receipts in the order of time are read from the newest on, as many as are asked for. */
const SLOW =
  /^SCAN (sample|receipt|history)\b(?! USING (COVERING )?INDEX receipt_by_time$)|FOR ORDER BY/
/** Those of one label or one client among many are not searched for. */
const OF_ONE = /^select id.* where (label|target) = /

test("no statement of a command walks through a table that grows, nor sorts it", () => {
  const database = new Database(":memory:")
  migrate(database)
  const texts = new Set<string>()
  const sql = sqlOf(database)
  const noting =
    <Rest extends unknown[], Result>(run: (text: string, ...rest: Rest) => Result) =>
    (text: string, ...rest: Rest) => {
      texts.add(text)
      return run(text, ...rest)
    }
  useAll({ ...sql, run: noting(sql.run), get: noting(sql.get), all: noting(sql.all) } as Sql)
  const slow = [...texts].flatMap((text) =>
    database
      .query<{ detail: string }, []>(`explain query plan ${text}`)
      .all()
      .map(({ detail }) => detail)
      .filter((detail) => SLOW.test(detail) || (OF_ONE.test(text) && /^SCAN/.test(detail)))
      .map((detail) => `${detail}: ${text}`),
  )
  expect(slow).toEqual([])
  expect(texts.size).toBeGreaterThan(25)
})
