import { defineAimCommand } from "../command.ts"
import { SWITCH } from "../shared-args.ts"
import { useTarget } from "../use-target.ts"

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
  run: (context, args) => useTarget("claude", args.label ?? null, context, args),
})
