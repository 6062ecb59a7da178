import { captureLogin } from "../../operations/capture-login.ts"
import { withPool } from "../../pool/pool.ts"
import { captureDocument, captureLines } from "../../render/capture.ts"
import { defineAimCommand } from "../command.ts"
import { targetOf } from "../target-of.ts"

export default defineAimCommand({
  meta: {
    example: "aim pi capture boss --source-home ~/pi-boss",
    details: [
      "Nothing in that home changes. It is remembered as a store of the label and kept up to date",
      "until `aim pi forget-home` ends it.",
    ],
    mutates: true,
  },
  args: {
    label: {
      type: "positional",
      valueHint: "label",
      required: true,
      description: "the label, new or existing",
    },
    "source-home": { type: "string", valueHint: "dir", description: "the Pi home to read" },
  },
  run: ({ homes, render }, args) =>
    withPool(homes, async (pool) => {
      const home = args["source-home"] ?? null
      const result = await captureLogin(pool, targetOf(pool, "pi"), args.label, home)
      const exit = result.adoption === "conflict" ? 1 : 0
      return { text: captureLines(result, render), json: captureDocument(result), exit }
    }),
})
