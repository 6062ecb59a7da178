import type { CodexHome } from "./codex-home.ts"
import { codexBinary } from "./real-codex.ts"

type Message = {
  id?: number
  method?: string
  params?: Record<string, unknown>
  result?: Record<string, unknown>
  error?: { message: string }
}

export type AppServer = {
  pid: number
  /** Sends a request and gives its result; a JSON-RPC error is thrown. */
  call: (method: string, params: object) => Promise<Record<string, unknown>>
  /** The account that the running process believes in: `authToken` is its access token. */
  authStatus: () => Promise<{ authMethod: string | null; authToken: string | null }>
  /** Starts a thread; gives its id. */
  startThread: () => Promise<string>
  /** One turn of that thread, to its end. */
  turn: (threadId: string, text?: string) => Promise<{ status: string; error: string | null }>
  stop: () => Promise<void>
}

/** A running `codex app-server`: JSON lines on stdio (Codex CLI 0.169.0). */
export async function startAppServer(home: CodexHome): Promise<AppServer> {
  const child = Bun.spawn([codexBinary(), "app-server"], {
    cwd: home.env.HOME ?? home.dir,
    env: home.env,
    stdin: "pipe",
    stdout: "pipe",
    stderr: "ignore",
  })
  const waiting = new Set<{ test: (message: Message) => boolean; tell: (m: Message) => void }>()
  void readLines(child.stdout, (line) => {
    const message = JSON.parse(line) as Message
    for (const waiter of waiting) {
      if (!waiter.test(message)) continue
      waiting.delete(waiter)
      waiter.tell(message)
    }
  })
  const next = (test: (message: Message) => boolean) =>
    new Promise<Message>((tell) => waiting.add({ test, tell }))
  const send = (message: object) => {
    child.stdin.write(`${JSON.stringify(message)}\n`)
    child.stdin.flush()
  }

  let lastId = 0
  const call: AppServer["call"] = async (method, params) => {
    const id = ++lastId
    const answer = next((message) => message.id === id && message.method === undefined)
    send({ id, method, params })
    const { result, error } = await answer
    if (error !== undefined) throw new Error(`${method}: ${error.message}`)
    return result ?? {}
  }

  await call("initialize", {
    clientInfo: { name: "aim_test", title: "aim test", version: "0" },
    capabilities: { experimentalApi: true },
  })
  send({ method: "initialized" })
  // On a busy machine it may look into its home only now: what comes later must find it settled.
  await call("getAuthStatus", { includeToken: false, refreshToken: false })

  return {
    pid: child.pid,
    call,
    async authStatus() {
      const status = await call("getAuthStatus", { includeToken: true, refreshToken: false })
      return {
        authMethod: (status.authMethod as string | undefined) ?? null,
        authToken: (status.authToken as string | undefined) ?? null,
      }
    },
    async startThread() {
      const { thread } = await call("thread/start", { ephemeral: true })
      return (thread as { id: string }).id
    },
    async turn(threadId, text = "hi") {
      const done = next((message) => message.method === "turn/completed")
      await call("turn/start", { threadId, input: [{ type: "text", text }] })
      const { turn } = ((await done).params ?? {}) as {
        turn?: { status: string; error?: { message: string } | null }
      }
      return { status: turn?.status ?? "unknown", error: turn?.error?.message ?? null }
    },
    async stop() {
      child.stdin.end()
      child.kill()
      await child.exited
    },
  }
}

async function readLines(stream: ReadableStream<Uint8Array>, tell: (line: string) => void) {
  const decoder = new TextDecoder()
  let rest = ""
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n")
    rest = lines.pop() ?? ""
    for (const line of lines) if (line.trim() !== "") tell(line)
  }
}
