import { afterAll } from "bun:test"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Ledger } from "../../src/ledger/ledger.ts"
import { openLedger } from "../../src/ledger/open.ts"
import { NOON } from "./temp-ledger-values.ts"

const made: string[] = []
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** The path of a ledger that does not exist yet, in a folder of its own. */
export function freshFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "aim-ledger-"))
  made.push(folder)
  return join(folder, "ledger.db")
}

export function freshLedger(): Ledger {
  return openLedger(freshFile(), { now: NOON })
}

/** The codes of a ledger's warnings. */
export function codes(ledger: Ledger): string[] {
  return ledger.warnings.map(({ code }) => code)
}
