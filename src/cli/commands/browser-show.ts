import { showBrowser } from "../../operations/browser-show.ts"
import { withPool } from "../../pool/pool.ts"
import { browserLines } from "../../render/browser.ts"
import { defineAimCommand } from "../command.ts"
import { LABEL } from "../shared-args.ts"

export default defineAimCommand({
  meta: { example: "aim browser show boss" },
  args: LABEL,
  run: ({ homes, render }, { label }) =>
    withPool(homes, async (pool) => {
      const view = await showBrowser(pool, label)
      return { text: browserLines(view, render), json: { ok: true, ...view }, exit: 0 }
    }),
})
