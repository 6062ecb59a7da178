import type { Conversation } from "../domain/conversation.ts"
import { plain } from "../render/plain.ts"
import { readLine } from "../system/line-reader.ts"
import { printError } from "../system/print.ts"
import { terminal } from "../system/terminal.ts"

/**
 * The one who logs in: the page's address and all progress go to stderr whatever it is, since a
 * script may hand them on, and what is pasted comes from standard input, also from a pipe.
 */
export async function loginConversation(asks: Conversation): Promise<Conversation> {
  const { stdinIsTerminal, stderrIsTerminal } = terminal()
  return {
    ...asks,
    attended: stdinIsTerminal && stderrIsTerminal,
    tell: (line) => printError([plain(line)]),
    line: readLine,
  }
}
