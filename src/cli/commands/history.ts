import { RECEIPT_TARGETS, readHistory } from "../../operations/history.ts"
import { withPool } from "../../pool/pool.ts"
import { historyLines } from "../../render/history.ts"
import { now } from "../../system/clock.ts"
import { defineAimCommand } from "../command.ts"
import { sinceTime } from "../since.ts"
import { wholeNumber } from "../whole-number.ts"

const SHOWN = 20

export default defineAimCommand({
  meta: {
    example: "aim history --label boss --since 2d",
    details: [
      "The receipts, newest first: what was chosen or changed, when and why. They are kept for a",
      "year, at most 50,000 of them, and hold no token.",
    ],
  },
  args: {
    target: { type: "enum", options: [...RECEIPT_TARGETS], description: "only of this client" },
    label: { type: "string", valueHint: "label", description: "only of this label" },
    since: {
      type: "string",
      valueHint: "time",
      description: "only since then: a span (2h, 7d) or an ISO time",
    },
    limit: { type: "string", valueHint: "n", description: `at most so many (${SHOWN})` },
  },
  run: async ({ homes, render }, { target, label, since, limit }) => {
    const at = now()
    const filter = {
      ...(target === undefined ? {} : { target }),
      ...(label === undefined ? {} : { label }),
      since: sinceTime(since, at),
      limit: wholeNumber("limit", limit, 1, 50_000) ?? SHOWN,
    }
    const result = await withPool(homes, (pool) => readHistory(pool, filter), { tells: true })
    return { text: historyLines(result, at, render), json: { ok: true, ...result }, exit: 0 }
  },
})
