import { Database } from "bun:sqlite"
import { describe, expect, test } from "bun:test"
import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { openLedger } from "../../src/ledger/open.ts"
import { peekReceipts } from "../../src/ledger/peek-receipts.ts"
import { freshFile } from "./temp-ledger.ts"
import { NOON } from "./temp-ledger-values.ts"

function ledgerWith(count: number) {
  const file = freshFile()
  const ledger = openLedger(file, { now: NOON })
  for (let at = 0; at < count; at++)
    ledger.addReceipt(NOON + at, { action: "refresh", status: "applied", label: "boss" }, null)
  return { file, ledger }
}

describe("a glance at the receipts", () => {
  test("names the newest first and makes no file", async () => {
    const { file, ledger } = ledgerWith(5)
    ledger.close()
    const hard = join(dirname(file), "a b?#%41'\"", "ledger.db")
    mkdirSync(dirname(hard))
    cpSync(file, hard)
    for (const path of [file, hard]) {
      expect((await peekReceipts(path, 3)).map(({ id }) => id)).toEqual([5, 4, 3])
      expect(readdirSync(dirname(path)).filter((name) => name.includes("-"))).toEqual([])
    }
  })

  test("sees what another process has not put into the file itself yet", async () => {
    const { file, ledger } = ledgerWith(2)
    expect((await peekReceipts(file, 9)).map(({ id }) => id)).toEqual([2, 1])
    ledger.close()
  })

  test("finds nothing in what is not there, broken, newer or of another program", async () => {
    const absent = freshFile()
    expect(await peekReceipts(absent, 9)).toEqual([])
    expect(await peekReceipts(join(absent, "deeper"), 9)).toEqual([])
    expect(readdirSync(dirname(absent))).toEqual([])
    const broken = freshFile()
    writeFileSync(broken, "no database at all, but long enough to be looked at twice".repeat(99))
    expect(await peekReceipts(broken, 9)).toEqual([])
    const { file, ledger } = ledgerWith(2)
    ledger.close()
    const newer = new Database(file)
    newer.run("pragma user_version = 99")
    newer.close()
    expect(await peekReceipts(file, 9)).toEqual([])
  })
})
