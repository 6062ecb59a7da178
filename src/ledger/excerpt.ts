import type { Database, SQLQueryBindings } from "bun:sqlite"
import { PROVIDER_IDS } from "../domain/provider-id.ts"

/** More than any command looks at. */
const NEWEST = 5_000

/** What is taken over, newest first where a table can be long; each by an index. */
const TAKEN: readonly (readonly [table: string, which: string])[] = [
  ...["last_reading", "probe", "cooldown", "sighting", "mark"].map((table) => [table, ""] as const),
  ["receipt", `order by id desc limit ${NEWEST}`],
  ...PROVIDER_IDS.flatMap((provider) => [
    ["history", `where provider = '${provider}' order by at desc limit ${NEWEST}`] as const,
    ["sample", `where provider = '${provider}' order by observed_at desc limit ${NEWEST}`] as const,
  ]),
  // Last: an older aim's ledger has none.
  ["run", `order by receipt desc limit ${NEWEST}`],
]

/**
 * Copies what a command may want to know from one ledger to an empty one: a copy of the whole
 * would take a second and a gigabyte where years lie in it. Ends without a word where the source
 * can't be read any further.
 */
export function copyExcerpt(source: Database, into: Database): void {
  try {
    for (const [table, which] of TAKEN) copyRows(source, into, table, which)
  } catch {
    // The cause of it all (a lock, a bad disk) stands in the way: the rest is missing.
  }
}

function copyRows(source: Database, into: Database, table: string, which: string): void {
  const select = source.prepare<unknown, []>(`select * from ${table} ${which}`)
  try {
    const rows = select.values() as SQLQueryBindings[][]
    const names = select.columnNames
    const insert = into.prepare(
      `insert into ${table} (${names.join(", ")}) values (${names.map(() => "?").join(", ")})`,
    )
    into.transaction(() => {
      for (const row of rows) insert.run(...row)
    })()
    insert.finalize()
  } finally {
    select.finalize()
  }
}
