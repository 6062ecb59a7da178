import { listAuthorities } from "../../operations/authority-list.ts"
import { withPool } from "../../pool/pool.ts"
import { authorityLines } from "../../render/authority.ts"
import { now } from "../../system/clock.ts"
import { defineAimCommand } from "../command.ts"

export default defineAimCommand({
  meta: {
    example: "aim authority list",
    details: ["Says what is recorded here; nobody is asked. `aim authority show` asks."],
  },
  args: {},
  run: ({ homes, render }) =>
    withPool(homes, async (pool) => {
      const authorities = await listAuthorities(pool)
      const text = authorityLines(authorities, now(), render)
      return { text, json: { ok: true, authorities }, exit: 0 }
    }),
})
