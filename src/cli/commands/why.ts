import { explainChoice } from "../../operations/why.ts"
import { withPool } from "../../pool/pool.ts"
import { quoteWord } from "../../render/quote.ts"
import { whyDocument, whyLines } from "../../render/why.ts"
import { now } from "../../system/clock.ts"
import { failUsage } from "../../system/errors.ts"
import { defineAimCommand } from "../command.ts"
import { targetOf } from "../target-of.ts"

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
      valueHint: "codex",
      required: false,
      description: "the client: codex",
    },
  },
  run: ({ homes, render }, { target }) =>
    withPool(homes, async (pool) => {
      const codex = targetOf(pool, "codex")
      if (target !== undefined && target !== codex.id)
        failUsage("unknown_target", `\`${quoteWord(target)}\` is no client of aim`, "aim why codex")
      const why = await explainChoice(pool, codex, "fresh")
      return { text: whyLines(why, now(), render), json: whyDocument(why), exit: 0 }
    }),
})
