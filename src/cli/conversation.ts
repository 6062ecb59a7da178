import { type Conversation, SILENT } from "../domain/conversation.ts"
import { plain } from "../render/layout/plain.ts"
import type { Terminal } from "../system/terminal.ts"

/**
 * The person at the terminal, if there is one: questions need all three streams to be terminals,
 * progress only needs stderr. With `--json`, or in a pipe, nobody is there.
 */
export async function conversationWith(seat: Terminal, json: boolean): Promise<Conversation> {
  if (json || !seat.stderrIsTerminal) return SILENT
  const { diagnostics } = await import("./diagnostics.ts")
  const tell = await diagnostics()
  if (!seat.stdinIsTerminal || !seat.stdoutIsTerminal) return { ...SILENT, tell }
  return {
    ...SILENT,
    attended: true,
    tell,
    confirm: async (question) => {
      const { confirm } = await import("../panel/confirm.ts")
      const { askLine } = await import("../system/terminal.ts")
      return confirm(askLine, plain(question))
    },
  }
}
