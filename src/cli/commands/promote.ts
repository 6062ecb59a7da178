import { promoteLabels } from "../../operations/promote-labels.ts"
import { withPool } from "../../pool/pool.ts"
import { promoteDocument, promoteLines } from "../../render/promote.ts"
import { providerOfClient } from "../client-word.ts"
import { defineAimCommand } from "../command.ts"
import { CLIENT } from "../shared-args.ts"

export default defineAimCommand({
  meta: {
    example: "aim promote codex --to agents@studio boss",
    details: [
      "Hands the logins of imported labels back to the authority that they came from. It takes all of",
      "the labels or none, and only if its own logins are still those that were imported here. Logins",
      "that are due are renewed first. To be repeated without harm.",
    ],
    mutates: true,
    extraWord: "many",
  },
  args: {
    ...CLIENT,
    labels: {
      type: "positional",
      valueHint: "label",
      required: false,
      description: "one label or more",
    },
    to: { type: "string", valueHint: "authority", description: "where they came from" },
    "dry-run": { type: "boolean", description: "say what would be sent, change nothing" },
  },
  run: ({ homes, render }, args) =>
    withPool(homes, async (pool) => {
      const [, ...labels] = args._
      const dryRun = args["dry-run"] ?? false
      const options = { to: args.to ?? null, labels, dryRun }
      const result = await promoteLabels(pool, providerOfClient(args.client), options)
      return { text: promoteLines(result, render), json: promoteDocument(result), exit: 0 }
    }),
})
