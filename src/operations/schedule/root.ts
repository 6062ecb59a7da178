import type { Conversation } from "../../domain/conversation.ts"
import type { Machine } from "../../schedule/machine.ts"
import { needsRoot, type Step } from "../../schedule/plan.ts"
import { fail } from "../../system/errors.ts"

/** Stops before the first step where one needs root and there is no way to it; else says it. */
export function checkRoot(
  { uid, hasSudo }: Machine,
  steps: readonly Step[],
  conversation: Conversation,
): void {
  if (uid === 0 || !needsRoot(steps)) return
  if (!hasSudo)
    fail(
      "needs_root",
      "files and timers of the machine need root, and there is no sudo here",
      "use --user; or see with --print what root would have to do",
    )
  conversation.tell("sudo is asked for what belongs to the machine, and for nothing else")
}
