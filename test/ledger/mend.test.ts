import { Database } from "bun:sqlite"
import { describe, expect, test } from "bun:test"
import { readFileSync, renameSync, truncateSync, writeFileSync } from "node:fs"
import { closeHandle } from "../../src/ledger/database.ts"
import { mend } from "../../src/ledger/mend.ts"
import { openLedger } from "../../src/ledger/open.ts"
import { HOUR } from "../../src/system/time.ts"
import {
  alter,
  checkpoint,
  expectWorking,
  filledFile,
  foreign,
  names,
  overwrite,
} from "./damage.ts"
import { codes, freshFile } from "./temp-ledger.ts"
import { BOSS, CLAUDE, NOON, reading } from "./temp-ledger-values.ts"

const ASIDE = "broken-20260304T120000000Z"

describe("a broken ledger is set aside and begun anew", () => {
  const cases: [string, (file: string) => void][] = [
    ["garbage", (file) => writeFileSync(file, "not a database at all\n".repeat(400))],
    ["a few bytes of garbage", (file) => writeFileSync(file, "oops oops oops")],
    ["a truncated file", (file) => truncateSync(file, 9_000)],
    ["a truncated header", (file) => truncateSync(file, 60)],
    ["a damaged first page", (file) => overwrite(file, 100, 3_000)],
    ["damage that only a later statement meets", (file) => overwrite(file, 4_096, 1_000_000)],
    ["another program's database", (file) => foreign(file, 0)],
    ["another program's database of our version", (file) => foreign(file, 1)],
    ["a database that lost our tables", (file) => alter(file, "drop table sample")],
    ["a database that lost our columns", (file) => alter(file, "alter table sample drop plan")],
  ]
  test.each(cases)("%s", (_, damage) => {
    const file = filledFile()
    damage(file)
    const bytes = readFileSync(file)
    const ledger = openLedger(file, { now: NOON })
    expect(ledger.samples("openai-codex", 0, 1_000)).toEqual([])
    expect(ledger.lastReceipt("codex_use")).toBeNull()
    ledger.cool(BOSS, NOON + 1, "after")
    expect(ledger.coolingUntil(BOSS, NOON)).toBe(NOON + 1)
    expect(codes(ledger)).toEqual(["ledger_broken"])
    expect(ledger.warnings[0]?.message).toContain(`${file}.${ASIDE}`)
    expect(readFileSync(`${file}.${ASIDE}`)).toEqual(bytes)
    ledger.close()
    expect(openLedger(file, { now: NOON }).coolingUntil(BOSS, NOON)).toBe(NOON + 1)
    expectWorking(file)
  })

  test("by a write as well as by a read", () => {
    const file = filledFile()
    overwrite(file, 4_096, 1_000_000)
    const ledger = openLedger(file, { now: NOON })
    expect(ledger.addReceipt(NOON, { action: "a", status: "noop" }, null)).toBe(1)
    expect(codes(ledger)).toEqual(["ledger_broken"])
    expect(openLedger(file, { now: NOON }).lastReceipt("a")).not.toBeNull()
  })

  test("with its companions, so that the new one does not find an old -wal", () => {
    const file = freshFile()
    for (const end of ["", "-wal", "-shm"]) writeFileSync(`${file}${end}`, "x".repeat(5_000))
    openLedger(file, { now: NOON }).close()
    expect(names(file)).not.toContain("ledger.db-wal")
    expect(names(file)).not.toContain("ledger.db-shm")
    expectWorking(file)
  })

  test("together with the companions that another process still has open, which hurts no one", () => {
    const file = filledFile()
    const other = openLedger(file, { now: NOON })
    other.cool(BOSS, NOON + 1, "old")
    checkpoint(file)
    overwrite(file, 0, 1_000_000)
    const ledger = openLedger(file, { now: NOON })
    for (const end of ["", "-wal", "-shm"])
      expect(names(file)).toContain(`ledger.db${end}.${ASIDE}`)
    ledger.cool(CLAUDE, NOON + 2, "new")
    other.close()
    expect(openLedger(file, { now: NOON }).coolingUntil(CLAUDE, NOON)).toBe(NOON + 2)
    expectWorking(file)
  })

  test("twice in one process under two names", () => {
    const file = filledFile()
    writeFileSync(file, "garbage".repeat(999))
    const ledger = openLedger(file, { now: NOON })
    for (let hour = 0; hour < 300; hour++)
      ledger.saveReading(BOSS, reading(NOON + hour * HOUR, hour % 100, 1), true)
    checkpoint(file)
    overwrite(file, 4_096, 1_000_000)
    expect(ledger.samples("openai-codex", 0, 1_000)).toEqual([])
    ledger.cool(BOSS, NOON + 1, "again")
    expect(codes(ledger)).toEqual(["ledger_broken"])
    expect(names(file)).toContain(`ledger.db.${ASIDE}`)
    expect(names(file)).toContain(`ledger.db.${ASIDE}-2`)
    expect(openLedger(file, { now: NOON }).coolingUntil(BOSS, NOON)).toBe(NOON + 1)
  })

  test("an empty file is no broken one", () => {
    const file = freshFile()
    writeFileSync(file, "", { mode: 0o600 })
    expectWorking(file)
    expect(names(file)).toEqual(["ledger.db"])
  })
})

describe("a ledger that another process has set aside while it was open", () => {
  test("is left for the new one at the next tidy, and hurts it never", () => {
    const file = freshFile()
    const stayed = openLedger(file, { now: NOON })
    const left = openLedger(file, { now: NOON })
    for (const ledger of [stayed, left]) ledger.cool(BOSS, NOON + 1, "old")
    for (const end of ["", "-wal", "-shm"]) renameSync(`${file}${end}`, `${file}${end}.aside`)
    const fresh = openLedger(file, { now: NOON })
    for (let n = 0; n < 50; n++) fresh.addReceipt(NOON + n, { action: "a", status: "noop" }, null)
    left.cool(BOSS, NOON + 2, "old")
    left.close()
    stayed.tidy(NOON)
    stayed.cool(CLAUDE, NOON + 3, "new")
    expect(fresh.coolingUntil(CLAUDE, NOON)).toBe(NOON + 3)
    expect(fresh.coolingUntil(BOSS, NOON)).toBeNull()
    stayed.close()
    fresh.close()
    const after = openLedger(file, { now: NOON })
    expect(after.receipts({ limit: 99 })).toHaveLength(50)
    expect([...codes(after), ...codes(stayed), ...codes(left), ...codes(fresh)]).toEqual([])
  })
})

describe("mending", () => {
  test("leaves a ledger alone that another process has mended in between", () => {
    const file = filledFile()
    const { handle, aside } = mend(file, null, { suffix: ASIDE, waitMs: 0 })
    closeHandle(handle)
    expect(aside).toBeNull()
    expect(names(file)).toEqual(["ledger.db", "ledger.db.mend"])
    expect(openLedger(file, { now: NOON }).lastReading(BOSS)).not.toBeNull()
  })

  test("is done by one process at a time; who waits too long goes on in memory", () => {
    const file = freshFile()
    writeFileSync(file, "garbage".repeat(999))
    const other = new Database(`${file}.mend`)
    other.run("begin exclusive")
    const ledger = openLedger(file, { now: NOON, waitMs: 0 })
    ledger.cool(BOSS, NOON + 1, "meanwhile")
    expect(codes(ledger)).toEqual(["ledger_locked"])
    expect(names(file).filter((name) => name.includes("broken"))).toEqual([])
    other.close()
    ledger.close()
  })
})
