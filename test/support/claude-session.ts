import { type ClaudePlace, startClaude } from "./real-claude.ts"

/** One line of Claude's stream-json output, as far as tests look. */
export type ClaudeEvent = {
  type: string
  result?: string
  is_error?: boolean
  usage_report?: { rate_limits: { limits: ClaudeRow[] | null } | null }
}
/** One row of `limits[]` as Claude hands it on. */
export type ClaudeRow = {
  kind: string
  percent: number
  resets_at: string | null
  scope: { model?: { display_name: string } | null } | null
}

/** A Claude that stays up between turns: `say` gives the text that a turn ended with. */
export type ClaudeSession = AsyncDisposable & {
  pid: number
  say: (text: string) => Promise<ClaudeEvent>
}

/** Starts one; its turns go through stdin and stdout as stream-json. */
export async function openClaudeSession(place: ClaudePlace): Promise<ClaudeSession> {
  const io = ["--input-format", "stream-json", "--output-format", "stream-json", "--verbose"]
  const child = await startClaude(place, ["-p", ...io], { open: true })
  const { stdin } = child
  if (typeof stdin !== "object") throw new Error("Claude's input is closed")
  const events = eventsOf(child.stdout)
  return {
    pid: child.pid,
    async say(text) {
      const message = { role: "user", content: [{ type: "text", text }] }
      stdin.write(`${JSON.stringify({ type: "user", message })}\n`)
      stdin.flush()
      for (;;) {
        const { value, done } = await events.next()
        if (done) throw new Error(`Claude ended: ${await new Response(child.stderr).text()}`)
        if (value.type === "result") return value
      }
    },
    async [Symbol.asyncDispose]() {
      stdin.end()
      await child.exited
    },
  }
}

/** The lines of a stream-json output. */
export async function* eventsOf(
  output: ReadableStream<Uint8Array>,
): AsyncGenerator<ClaudeEvent, void> {
  const decoder = new TextDecoder()
  let text = ""
  for await (const chunk of output) {
    text += decoder.decode(chunk, { stream: true })
    const lines = text.split("\n")
    text = lines.pop() ?? ""
    for (const line of lines) if (line.startsWith("{")) yield JSON.parse(line)
  }
}
