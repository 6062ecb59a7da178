import { defineAimCommand } from "../command.ts"
import { WATCH } from "../watch-args.ts"
import { WATCH_DETAILS, watchTarget } from "../watch-target.ts"

export default defineAimCommand({
  meta: { example: "aim codex watch --once", details: WATCH_DETAILS, mutates: true },
  args: WATCH,
  run: (context, args) => watchTarget("codex", context, args),
})
