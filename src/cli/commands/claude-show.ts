import { showTarget } from "../../operations/show-target.ts"
import { withPool } from "../../pool/pool.ts"
import { showLines } from "../../render/show.ts"
import { now } from "../../system/clock.ts"
import { defineAimCommand } from "../command.ts"
import { targetOf } from "../target-of.ts"

export default defineAimCommand({
  meta: {
    example: "aim claude show",
    details: [
      "Who the tokens say that they belong to, who Claude Code says, and whether they agree; what in",
      "the environment or in its settings overrules the login.",
    ],
  },
  args: {},
  run: ({ homes, render }) =>
    withPool(homes, async (pool) => {
      const shown = await showTarget(pool, targetOf(pool, "claude"))
      return { text: showLines(shown, now(), render), json: { ok: true, ...shown }, exit: 0 }
    }),
})
