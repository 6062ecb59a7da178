import { Database } from "bun:sqlite"
import { join } from "node:path"
import { openLedger } from "../../src/ledger/open.ts"
import { median } from "./measure.ts"

const SOME = 200
/** Between two commands, so that the other writer meets the end of a command, not an endless one. */
const PAUSE_MS = 20

/** How long the end of a command took, ms. */
export type Ends = { median: number; longest: number }

/** What retention costs commands that come one after the other. */
export type Retention = {
  /** Commands until nothing was left to do. */
  commands: number
  with: Ends
  /** The same number of commands that leave retention alone. */
  without: Ends
  /** How long one write of another process took at most, which wrote meanwhile; ms. */
  others: number
}

/**
 * Ends commands as the real ones end (write, tidy, close) until retention has nothing left to do;
 * some of them while a second process writes.
 */
export async function tidyAll(file: string): Promise<Retention> {
  const without = Array.from({ length: SOME }, () => endOf(file, false))
  const ends: number[] = []
  const other = await otherWriter(file)
  while (ends.length < SOME && hasWork(file)) {
    ends.push(endOf(file, true))
    await Bun.sleep(PAUSE_MS)
  }
  const others = await other.end()
  while (hasWork(file)) ends.push(endOf(file, true))
  return { commands: ends.length, with: sum(ends), without: sum(without), others }
}

function sum(ends: readonly number[]): Ends {
  return { median: median(ends), longest: Math.max(...ends) }
}

function endOf(file: string, tidies: boolean): number {
  const now = Date.now()
  const ledger = openLedger(file, { now })
  ledger.addReceipt(now, { action: "bench", status: "noop" }, null)
  const begun = performance.now()
  if (tidies) ledger.tidy(now)
  ledger.close()
  return performance.now() - begun
}

function hasWork(file: string): boolean {
  const database = new Database(file, { readonly: true })
  const mark = database
    .query<{ at: number }, []>("select at from mark where name = 'next_tidy'")
    .get()
  database.close()
  return mark === null || mark.at <= Date.now()
}

async function otherWriter(file: string): Promise<{ end: () => Promise<number> }> {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "other-writer.ts"), file], {
    stdin: "pipe",
    stdout: "pipe",
  })
  const reader = child.stdout.getReader()
  await reader.read()
  return {
    end: async () => {
      await child.stdin.end()
      const { value } = await reader.read()
      if ((await child.exited) !== 0) throw new Error("the other writer failed")
      return Number(new TextDecoder().decode(value))
    },
  }
}
