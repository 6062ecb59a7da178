import { defineAimCommand } from "../command.ts"
import { describeTarget } from "../describe-target.ts"

export default defineAimCommand({
  meta: {
    example: "aim claude show",
    details: [
      "Who the tokens say that they belong to, who Claude Code says, and whether they agree; what in",
      "the environment or in its settings overrules the login.",
    ],
  },
  args: {},
  run: (context) => describeTarget("claude", context),
})
