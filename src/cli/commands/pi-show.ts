import { showTarget } from "../../operations/show-target.ts"
import { withPool } from "../../pool/pool.ts"
import { showLines } from "../../render/show.ts"
import { now } from "../../system/clock.ts"
import { defineAimCommand } from "../command.ts"
import { targetOf } from "../target-of.ts"

export default defineAimCommand({
  meta: {
    example: "aim pi show",
    details: [
      "By token and by account; besides, the processes that have the home open, and what would",
      "block a switch. Other providers' logins in that file are not looked at.",
    ],
  },
  args: {},
  run: ({ homes, render }) =>
    withPool(homes, async (pool) => {
      const shown = await showTarget(pool, targetOf(pool, "pi"))
      return { text: showLines(shown, now(), render), json: { ok: true, ...shown }, exit: 0 }
    }),
})
