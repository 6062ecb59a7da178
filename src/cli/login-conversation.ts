import type { Conversation } from "../domain/conversation.ts"
import { canvas } from "../panel/live-area.ts"
import type { Frame } from "../render/layout/frame.ts"
import { plain } from "../render/layout/plain.ts"
import { readLine } from "../system/line-reader.ts"
import { printError } from "../system/print.ts"
import { terminal } from "../system/terminal.ts"

/**
 * The one who logs in: the page's address and all progress go to stderr whatever it is, since a
 * script may hand them on, and what is pasted comes from standard input, also from a pipe. On a
 * screen the time that is left is counted down. `qr` draws the address for a phone's camera too.
 */
export async function loginConversation(
  asks: Conversation,
  render: Frame,
  qr = false,
): Promise<Conversation> {
  const { stdinIsTerminal, stderrIsTerminal } = terminal()
  const attended = stdinIsTerminal && stderrIsTerminal
  const onScreen = attended && canvas() !== null
  const { tell, waits, line } = onScreen
    ? (await import("../panel/login-wait.ts")).loginWait(render)
    : { tell: tellLine, waits: waitSilently, line: readLine }
  const draw = qr ? (await import("../render/qr.ts")).qrLines : null
  const page = (url: string) => {
    tell(url)
    if (draw === null) return
    const width = canvas()?.columns ?? render.width
    printError([
      "",
      ...draw(url, { ...render, width, color: render.color && stderrIsTerminal }),
      "",
    ])
  }
  return { ...asks, attended, tell, waits, line, page }
}

function tellLine(line: string): void {
  printError([plain(line)])
}

function waitSilently(text: string): () => void {
  tellLine(text)
  return () => {}
}
