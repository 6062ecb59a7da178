import { defineAimCommand } from "../command.ts"
import { describeTarget } from "../describe-target.ts"

export default defineAimCommand({
  meta: {
    example: "aim codex show",
    details: [
      "By token and by account; besides, the store mode, the processes that have the home open,",
      "and what would block a switch.",
    ],
  },
  args: {},
  run: (context) => describeTarget("codex", context),
})
