import { explainChoice } from "../../operations/why.ts"
import { withPool } from "../../pool/pool.ts"
import { quoteWord } from "../../render/layout/quote.ts"
import { whyDocument, whyLines } from "../../render/why.ts"
import { now } from "../../system/clock.ts"
import { failUsage } from "../../system/errors.ts"
import { defineAimCommand } from "../command.ts"

export default defineAimCommand({
  meta: {
    example: "aim why codex",
    details: [
      "Every label with its terms: whether it can serve, whether it can carry the work, how long",
      "it would last, and how much of its week would expire unused; then the verdict.",
    ],
  },
  args: {
    target: {
      type: "positional",
      valueHint: "codex|claude|pi",
      required: false,
      description: "the client: codex (as if left out), claude or pi",
    },
  },
  run: ({ homes, render }, { target }) =>
    withPool(homes, async (pool) => {
      const client = pool.targets.find(({ id }) => id === (target ?? "codex"))
      if (client === undefined)
        return failUsage(
          "unknown_target",
          `\`${quoteWord(target ?? "codex")}\` is no client of aim`,
          "aim why codex",
        )
      const why = await explainChoice(pool, client, "fresh")
      return { text: whyLines(why, now(), render), json: whyDocument(why), exit: 0 }
    }),
})
