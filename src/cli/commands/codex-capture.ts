import { captureTarget } from "../capture-target.ts"
import { defineAimCommand } from "../command.ts"
import { ANY_LABEL } from "../shared-args.ts"

export default defineAimCommand({
  meta: {
    example: "aim codex capture boss --source-home ~/codex-boss",
    details: [
      "Nothing in that home changes. It is remembered as a store of the label and kept up to date",
      "until `aim codex forget-home` ends it.",
    ],
    mutates: true,
  },
  args: {
    ...ANY_LABEL,
    "source-home": { type: "string", valueHint: "dir", description: "the Codex home to read" },
  },
  run: (context, args) => captureTarget("codex", args.label, args["source-home"] ?? null, context),
})
