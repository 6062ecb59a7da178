import { openFor } from "../../operations/open-page.ts"
import { withPool } from "../../pool/pool.ts"
import { openedLines } from "../../render/browser.ts"
import { defineAimCommand } from "../command.ts"
import { LABEL } from "../shared-args.ts"

export default defineAimCommand({
  meta: {
    example: "aim open boss",
    details: ["In exactly the browser that the label is bound to, and in no other one."],
  },
  args: {
    ...LABEL,
    url: { type: "positional", required: false, description: "the page (https://chatgpt.com)" },
  },
  run: ({ homes }, { label, url }) =>
    withPool(homes, async (pool) => {
      const opened = await openFor(pool, label, url ?? null)
      return { text: openedLines(opened), json: { ok: true, opened }, exit: 0 }
    }),
})
