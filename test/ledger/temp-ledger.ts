import { join } from "node:path"
import type { Ledger } from "../../src/ledger/ledger.ts"
import { openLedger } from "../../src/ledger/open.ts"
import { tempFolder } from "../support/temp-folder.ts"
import { NOON } from "./temp-ledger-values.ts"

/** The path of a ledger that does not exist yet, in a folder of its own. */
export function freshFile(): string {
  return join(tempFolder("ledger"), "ledger.db")
}

export function freshLedger(): Ledger {
  return openLedger(freshFile(), { now: NOON })
}

/** The codes of a ledger's warnings. */
export function codes(ledger: Ledger): string[] {
  return ledger.warnings.map(({ code }) => code)
}
