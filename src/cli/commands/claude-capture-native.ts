import { captureNative } from "../../operations/capture-native.ts"
import { withPool } from "../../pool/pool.ts"
import { captureLines, nativeDocument } from "../../render/capture.ts"
import { defineAimCommand } from "../command.ts"
import { ANY_LABEL } from "../shared-args.ts"
import { targetOf } from "../target-of.ts"

export default defineAimCommand({
  meta: {
    example: "aim claude capture-native lessons",
    details: [
      "Nothing in that home changes. It is remembered as a store of the label and kept up to date",
      "until `aim claude forget-home` ends it. Never log out of Claude Code before another login:",
      "`claude auth logout` revokes what is stored here. Log in over the old login instead.",
    ],
    mutates: true,
  },
  args: {
    ...ANY_LABEL,
    "source-home": {
      type: "string",
      valueHint: "dir",
      description: "the user home, or Claude's folder in it, to read",
    },
  },
  run: ({ homes, render }, args) =>
    withPool(homes, async (pool) => {
      const home = args["source-home"] ?? null
      const result = await captureNative(pool, targetOf(pool, "claude"), args.label, home)
      const exit = result.adoption === "conflict" ? 1 : 0
      return { text: captureLines(result, render), json: nativeDocument(result), exit }
    }),
})
