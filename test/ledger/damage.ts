import { Database } from "bun:sqlite"
import { expect } from "bun:test"
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { basename, dirname } from "node:path"
import { openLedger } from "../../src/ledger/open.ts"
import { HOUR } from "../../src/system/time.ts"
import { codes, freshFile } from "./temp-ledger.ts"
import { BOSS, CLAUDE, NOON, reading } from "./temp-ledger-values.ts"

/** A closed ledger with a few hundred rows. */
export function filledFile(): string {
  const file = freshFile()
  const ledger = openLedger(file, { now: NOON })
  for (let hour = 0; hour < 300; hour++)
    ledger.saveReading(BOSS, reading(NOON + hour * HOUR, hour % 100, 1), true)
  ledger.addReceipt(NOON, { action: "codex_use", status: "noop" }, "codex")
  ledger.close()
  return file
}

export function names(file: string): string[] {
  return readdirSync(dirname(file)).sort()
}

/** Writes to a ledger, and finds that again without a warning. */
export function expectWorking(file: string): void {
  const ledger = openLedger(file, { now: NOON })
  ledger.cool(CLAUDE, NOON + 1, "works")
  ledger.close()
  const again = openLedger(file, { now: NOON })
  expect(again.coolingUntil(CLAUDE, NOON)).toBeGreaterThan(NOON)
  expect(codes(again)).toEqual([])
  again.close()
}

/** Overwrites part of a file, as a bad disk does. */
export function overwrite(file: string, from: number, length: number): void {
  const bytes = readFileSync(file)
  bytes.fill(0xa5, from, Math.min(bytes.length, from + length))
  writeFileSync(file, bytes)
}

/** Moves everything from the -wal into the file, as another process may at any time. */
export function checkpoint(file: string): void {
  const database = new Database(file, { readwrite: true, create: false })
  database.run("pragma wal_checkpoint(truncate)")
  database.close()
}

/** Changes a database's schema, as nobody should. */
export function alter(file: string, statement: string): void {
  const database = new Database(file, { readwrite: true, create: false })
  database.run(statement)
  database.close()
}

/** Makes a file another program's database. */
export function foreign(file: string, version: number): void {
  writeFileSync(file, "", { mode: 0o600 })
  const database = new Database(file)
  database.run(`create table ${basename(file, ".db")} (a)`)
  database.run(`pragma user_version = ${version}`)
  database.close()
}
