import { Database } from "bun:sqlite"
import { join } from "node:path"
import { openLedger } from "../../src/ledger/open.ts"
import { median } from "./measure.ts"

const SOME = 200
/** Between two commands, so that the other writer meets the end of a command, not an endless one. */
const PAUSE_MS = 20

/** How long the ends of commands took, ms; `cpu` is what the longest needed of a core. */
export type Ends = { median: number; longest: number; cpu: number }
type End = { ms: number; cpu: number }

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
  const ends: End[] = []
  const other = await otherWriter(file)
  while (ends.length < SOME && hasWork(file)) {
    ends.push(endOf(file, true))
    await Bun.sleep(PAUSE_MS)
  }
  const others = await other.end()
  while (hasWork(file)) ends.push(endOf(file, true))
  return { commands: ends.length, with: sum(ends), without: sum(without), others }
}

function sum(ends: readonly End[]): Ends {
  const all = ends.map(({ ms }) => ms)
  return {
    median: median(all),
    longest: Math.max(...all),
    cpu: Math.max(...ends.map(({ cpu }) => cpu)),
  }
}

function endOf(file: string, tidies: boolean): End {
  const now = Date.now()
  const ledger = openLedger(file, { now })
  ledger.addReceipt(now, { action: "bench", status: "noop" }, null)
  const [begun, used] = [performance.now(), process.cpuUsage()]
  if (tidies) ledger.tidy(now)
  ledger.close()
  const ms = performance.now() - begun
  const { user, system } = process.cpuUsage(used)
  return { ms, cpu: (user + system) / 1_000 }
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
