import { activate } from "../../operations/activate.ts"
import { withPool } from "../../pool/pool.ts"
import { switchLines } from "../../render/switch.ts"
import { switchDocument } from "../../render/switch-document.ts"
import { defineAimCommand } from "../command.ts"
import { SWITCH } from "../shared-args.ts"
import { targetOf } from "../target-of.ts"

export default defineAimCommand({
  meta: {
    example: "aim pi use --dry-run",
    details: [
      "Captures what Pi rotated, chooses, refreshes if due, writes, verifies. A label that still",
      "lasts is kept, and then no file is touched. A running Pi takes the new login at its next",
      "request.",
    ],
    mutates: true,
    extraWord: {
      code: "removed",
      message: "`aim pi use <label>` is removed",
      hint: "`aim pi use` chooses, `--next` moves on, `aim account disable` takes a label out",
    },
  },
  args: {
    ...SWITCH,
  },
  run: ({ homes, render }, args) =>
    withPool(homes, async (pool) => {
      const activation = await activate(pool, targetOf(pool, "pi"), {
        label: null,
        next: args.next ?? false,
        dryRun: args["dry-run"] ?? false,
        adopt: args.adopt ?? null,
        replaceUnmanaged: args["replace-unmanaged"] ?? false,
      })
      const exit = activation.ok ? 0 : 1
      return { text: switchLines(activation, render), json: switchDocument(activation), exit }
    }),
})
