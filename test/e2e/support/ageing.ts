import { Database } from "bun:sqlite"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { World } from "../../support/world.ts"

/** What the ledger dates, by table. */
const DATED: Readonly<Record<string, readonly string[]>> = {
  last_reading: ["observed_at"],
  sample: ["observed_at"],
  probe: ["last_attempt_at", "last_success_at", "retry_after_until", "last_refresh_at"],
  cooldown: ["until"],
  sighting: ["since", "seen_at"],
  receipt: ["at"],
  run: ["first_at"],
}

/**
 * Lets minutes pass for the binary, whose clock nobody can set: all that aim has noted down is so
 * much older from now on. What the provider and the clients have on their own stays as it is.
 */
export async function pass(world: World, minutes: number): Promise<void> {
  const ms = minutes * 60_000
  const ledger = new Database(join(world.home, ".aimgr", "ledger.db"))
  try {
    for (const [table, columns] of Object.entries(DATED))
      for (const column of columns) ledger.run(`update ${table} set ${column} = ${column} - ${ms}`)
    ledger.run(
      `update last_reading set reading =
         json_set(reading, '$.observedAt', json_extract(reading, '$.observedAt') - ${ms})`,
    )
    ledger.run("delete from digest")
    const kept = ledger.query<{ receipt: number; last: string }, []>(
      "select receipt, last from run",
    )
    for (const { receipt, last } of kept.all())
      ledger.run("update run set last = ? where receipt = ?", [older(last, ms), receipt])
  } finally {
    ledger.close()
  }
  const file = join(world.home, ".aimgr", "secrets.json")
  const state = JSON.parse(await readFile(file, "utf8"))
  for (const block of Object.values<Record<string, unknown>>(state.targets))
    for (const key of ["lastWatchReceipt", "lastSelectionReceipt", "lastAppliedAt"])
      if (block[key] !== undefined) block[key] = JSON.parse(older(JSON.stringify(block[key]), ms))
  await writeFile(file, `${JSON.stringify(state, null, 2)}\n`)
}

const TIMES = /"(observedAt|unreachableSince|waitUntil)":"([^"]+)"|^"(\d{4}-[^"]+Z)"$/g

function older(text: string, ms: number): string {
  return text.replace(TIMES, (_, name, time, bare) => {
    const then = new Date(Date.parse(time ?? bare) - ms).toISOString()
    return name === undefined ? `"${then}"` : `"${name}":"${then}"`
  })
}
