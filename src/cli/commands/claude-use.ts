import { activate } from "../../operations/activate.ts"
import { withPool } from "../../pool/pool.ts"
import { switchLines } from "../../render/switch.ts"
import { switchDocument } from "../../render/switch-document.ts"
import { defineAimCommand } from "../command.ts"
import { SWITCH } from "../shared-args.ts"
import { targetOf } from "../target-of.ts"

export default defineAimCommand({
  meta: {
    example: "aim claude use lessons --dry-run",
    details: [
      "Captures what Claude Code renewed, then switches to the named label, or to the one that the",
      "policy chooses. A running Claude Code goes on with the new login at its next request.",
    ],
    mutates: true,
  },
  args: {
    label: {
      type: "positional",
      valueHint: "label",
      required: false,
      description: "the label; else one is chosen",
    },
    ...SWITCH,
  },
  run: ({ homes, render }, args) =>
    withPool(homes, async (pool) => {
      const activation = await activate(pool, targetOf(pool, "claude"), {
        label: args.label ?? null,
        next: args.next ?? false,
        dryRun: args["dry-run"] ?? false,
        adopt: args.adopt ?? null,
        replaceUnmanaged: args["replace-unmanaged"] ?? false,
      })
      const exit = activation.ok ? 0 : 1
      return { text: switchLines(activation, render), json: switchDocument(activation), exit }
    }),
})
