import { defineAimCommand } from "../command.ts"
import { FORGET_HOME_DETAILS, forgetTargetHome } from "../forget-target-home.ts"

export default defineAimCommand({
  meta: {
    example: "aim claude forget-home ~/work",
    details: FORGET_HOME_DETAILS,
    mutates: true,
  },
  args: {
    dir: { type: "positional", valueHint: "dir", required: true, description: "the home" },
  },
  run: (context, { dir }) => forgetTargetHome("claude", dir, context),
})
