import { readReceipt } from "../../operations/history.ts"
import { withPool } from "../../pool/pool.ts"
import { receiptLines } from "../../render/receipt.ts"
import { now } from "../../system/clock.ts"
import { defineAimCommand } from "../command.ts"

export default defineAimCommand({
  meta: { example: "aim history show 12" },
  args: {
    id: {
      type: "positional",
      valueHint: "receipt",
      required: true,
      description: "the number that `history` shows",
    },
  },
  run: ({ homes, render }, { id }) =>
    withPool(homes, async (pool) => {
      const found = await readReceipt(pool, id)
      return {
        text: receiptLines(found.receipt, now(), render),
        json: { ok: true, ...found },
        exit: 0,
      }
    }),
})
