import { showQuarantine } from "../../operations/quarantine.ts"
import { withPool } from "../../pool/pool.ts"
import { quarantineLines } from "../../render/quarantine.ts"
import { now } from "../../system/clock.ts"
import { defineAimCommand } from "../command.ts"

export default defineAimCommand({
  meta: { example: "aim quarantine list" },
  args: {},
  run: ({ homes, render }) =>
    withPool(homes, async (pool) => {
      const entries = await showQuarantine(pool)
      return { text: quarantineLines(entries, now(), render), json: { ok: true, entries }, exit: 0 }
    }),
})
