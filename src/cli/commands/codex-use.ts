import { defineAimCommand } from "../command.ts"
import { SWITCH } from "../shared-args.ts"
import { useTarget } from "../use-target.ts"

export default defineAimCommand({
  meta: {
    example: "aim codex use --dry-run",
    details: [
      "Captures what Codex rotated, chooses, refreshes if due, writes, verifies. A label that still",
      "lasts is kept, and then no file is touched.",
    ],
    mutates: true,
    extraWord: {
      code: "removed",
      message: "`aim codex use <label>` is removed",
      hint: "`aim codex use` chooses, `--next` moves on, `aim account disable` takes a label out",
    },
  },
  args: SWITCH,
  run: (context, args) => useTarget("codex", null, context, args),
})
