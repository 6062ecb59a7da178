import { Database } from "bun:sqlite"
import { describe, expect, test } from "bun:test"
import { existsSync, mkdirSync, renameSync, statSync, symlinkSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { openLedger } from "../../src/ledger/open.ts"
import { alter, expectWorking, filledFile, foreign, names } from "./damage.ts"
import { codes, freshFile } from "./temp-ledger.ts"
import { BOSS, NOON, reading } from "./temp-ledger-values.ts"

describe("a missing ledger", () => {
  test("is made 0600 with its companions, whatever the umask", () => {
    const file = freshFile()
    const before = process.umask(0o022)
    try {
      const ledger = openLedger(file, { now: NOON })
      ledger.cool(BOSS, NOON, "x")
      expect(names(file)).toEqual(["ledger.db", "ledger.db-shm", "ledger.db-wal"])
      for (const name of names(file))
        expect((statSync(join(dirname(file), name)).mode & 0o777).toString(8)).toBe("600")
      expect(codes(ledger)).toEqual([])
      ledger.close()
    } finally {
      process.umask(before)
    }
    expectWorking(file)
  })

  test("in a folder that is missing too is not worth a word, and is made once the folder is", () => {
    const file = join(dirname(freshFile()), "later", "ledger.db")
    const ledger = openLedger(file, { now: NOON })
    ledger.cool(BOSS, NOON + 1, "early")
    expect(ledger.coolingUntil(BOSS, NOON)).toBe(NOON + 1)
    expect(existsSync(dirname(file))).toBe(false)
    mkdirSync(dirname(file), { mode: 0o700 })
    ledger.close()
    expect(codes(ledger)).toEqual([])
    expect(openLedger(file, { now: NOON }).coolingUntil(BOSS, NOON)).toBe(NOON + 1)
  })
})

describe("a ledger that can't be used is left alone, and memory serves", () => {
  const cases: [string, string, (file: string) => void, string][] = [
    ["a folder in its place", "ledger_unusable", (file) => mkdirSync(file), ""],
    ["a file in its folder's place", "ledger_unusable", (file) => writeFileSync(file, ""), "/x.db"],
    ["a newer schema", "ledger_newer", (file) => foreign(file, 999), ""],
  ]
  test.each(cases)("%s", (_, code, arrange, below) => {
    const made = freshFile()
    arrange(made)
    const file = `${made}${below}`
    const picture = () => [names(made), statSync(made).mtimeMs, statSync(made).size]
    const before = picture()
    const ledger = openLedger(file, { now: NOON })
    ledger.saveReading(BOSS, reading(NOON, 1, 1), true)
    ledger.tidy(NOON)
    expect(ledger.lastReading(BOSS)?.observedAt).toBe(NOON)
    expect(codes(ledger)).toEqual([code])
    expect(ledger.warnings[0]?.message).toContain(file)
    expect(ledger.warnings[0]?.hint).toBeString()
    ledger.close()
    expect(picture()).toEqual(before)
  })
})

test("a file that can only be read as it stands is read so, whatever its name", () => {
  for (const name of ["a b", "100%", "what?", "no#1", "ä"]) {
    const file = join(dirname(filledFile()), name)
    renameSync(join(dirname(file), "ledger.db"), file)
    // No shared memory can be made for the WAL, as in a read-only folder or on a full disk.
    symlinkSync("/nowhere/at/all", `${file}-shm`)
    const ledger = openLedger(file, { now: NOON })
    expect(ledger.samples("openai-codex", 0, 1_000)).toHaveLength(300)
    ledger.cool(BOSS, NOON + 1, "mine")
    expect(ledger.coolingUntil(BOSS, NOON)).toBe(NOON + 1)
    ledger.close()
    expect(codes(ledger)).toEqual(["ledger_unusable"])
  }
})

describe("opened read-only", () => {
  test("gives what is there and keeps what is written to itself", () => {
    const file = filledFile()
    const ledger = openLedger(file, { now: NOON, readOnly: true })
    expect(ledger.samples("openai-codex", 0, 1_000)).toHaveLength(300)
    ledger.cool(BOSS, NOON + 1, "mine")
    expect(ledger.coolingUntil(BOSS, NOON)).toBe(NOON + 1)
    expect(ledger.samples("openai-codex", 0, 1_000)).toHaveLength(300)
    ledger.tidy(NOON)
    ledger.close()
    expect(codes(ledger)).toEqual([])
    expect(openLedger(file, { now: NOON }).coolingUntil(BOSS, NOON)).toBeNull()
  })

  test.each([
    ["nothing", null, []],
    ["an empty file", "", []],
    ["garbage", "x".repeat(999), ["ledger_broken"]],
  ])("makes and mends nothing where there is %s", (_, content, expected) => {
    const file = freshFile()
    if (content !== null) writeFileSync(file, content)
    const before = names(file)
    const ledger = openLedger(file, { now: NOON, readOnly: true })
    expect(ledger.lastReading(BOSS)).toBeNull()
    ledger.cool(BOSS, NOON + 1, "mine")
    expect(ledger.coolingUntil(BOSS, NOON)).toBe(NOON + 1)
    ledger.close()
    expect(codes(ledger)).toEqual(expected)
    expect(names(file)).toEqual(before)
  })
})

test("a ledger that lost its WAL mode gets it back when nobody is at work in it", () => {
  const file = filledFile()
  alter(file, "pragma journal_mode = delete")
  const other = new Database(file, { readwrite: true, create: false })
  other.run("begin")
  other.query("select count(*) from sample").get()
  const early = openLedger(file, { now: NOON })
  expect(early.lastReading(BOSS)).not.toBeNull()
  early.close()
  other.run("rollback")
  other.close()
  const late = openLedger(file, { now: NOON })
  late.cool(BOSS, NOON + 1, "x")
  expect(names(file)).toContain("ledger.db-wal")
  expect([...codes(early), ...codes(late)]).toEqual([])
})

test("no method throws after the ledger was closed", () => {
  const ledger = openLedger(freshFile(), { now: NOON })
  ledger.close()
  ledger.close()
  expect(ledger.lastReading(BOSS)).toBeNull()
  expect(ledger.addReceipt(NOON, { action: "a", status: "noop" }, null)).toBe(0)
  ledger.tidy(NOON)
})
