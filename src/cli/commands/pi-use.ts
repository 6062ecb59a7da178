import { defineAimCommand } from "../command.ts"
import { SWITCH } from "../shared-args.ts"
import { useTarget } from "../use-target.ts"

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
  args: SWITCH,
  run: (context, args) => useTarget("pi", null, context, args),
})
