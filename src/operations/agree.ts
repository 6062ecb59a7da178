import type { Conversation } from "../domain/conversation.ts"
import { fail, failUsage } from "../system/errors.ts"

/**
 * Asks before something that can't be taken back in passing: says what it touches, then needs a
 * yes at a terminal, or `--yes` where nobody can answer (exit 2 without it, with the same words).
 */
export async function agree(
  conversation: Conversation,
  yes: boolean,
  what: string,
  touches: readonly string[],
): Promise<void> {
  if (yes) return
  if (!conversation.attended) {
    const touched = touches.length === 0 ? "" : ` It touches: ${touches.join("; ")}`
    return failUsage(
      "needs_yes",
      `nobody is there to be asked: ${what}?${touched}`,
      "repeat the command with `--yes`",
    )
  }
  if (touches.length > 0) conversation.tell(`to ${what}:`)
  for (const touch of touches) conversation.tell(`- ${touch}`)
  if (await conversation.confirm(`${what}?`)) return
  return fail("declined", "nothing was changed", "answer `y`, or use `--yes`")
}
