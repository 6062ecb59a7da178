import { defineAimCommand } from "../command.ts"
import { FORGET_HOME_DETAILS, forgetTargetHome } from "../forget-target-home.ts"

export default defineAimCommand({
  meta: {
    example: "aim pi forget-home ~/pi-boss",
    details: FORGET_HOME_DETAILS,
    mutates: true,
  },
  args: {
    dir: { type: "positional", valueHint: "dir", required: true, description: "the Pi home" },
  },
  run: (context, { dir }) => forgetTargetHome("pi", dir, context),
})
