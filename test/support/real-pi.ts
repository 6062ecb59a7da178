import { existsSync } from "node:fs"
import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { type LogEntry, postsPerRefreshToken, reuses } from "../../src/simulator/request-log.ts"
import { piHome } from "./pi-home.ts"
import { openWorld, type World } from "./world.ts"

/** A Pi of the registry: where its program lies below test/peers, and a model that it knows. */
export type Pi = { version: string; program: string; model: string }

const MODULES = "../peers/node_modules/"

/** The present one, unpacked as it is, and the last one under its old name. Both run on Bun. */
export const PI: Pi = {
  version: "1.5.2",
  program: ".packed/pi-coding-agent-1.5.2/dist/bundle/cli.js",
  model: "gpt-5.6-sol",
}
export const OLD_PI: Pi = {
  version: "0.73.1",
  program: "@mariozechner/pi-coding-agent/dist/cli.js",
  model: "gpt-5.4",
}

function programOf({ version, program }: Pi): string {
  const path = fileURLToPath(new URL(MODULES + program, import.meta.url))
  if (existsSync(path)) return path
  throw new Error(`no Pi ${version} at ${path}; run: node test/support/lane-peers.mjs`)
}

/** A world whose home the compiled aim and a real Pi share, over one simulator. */
export type PiWorld = World & {
  /** Pi's own home in it. */
  dir: string
  /** Starts `pi <args>` there. */
  start: (pi: Pi, args: readonly string[]) => ReturnType<typeof startPi>
  /** Runs it to its end. */
  run: (pi: Pi, args: readonly string[]) => Promise<{ rc: number; stdout: string; stderr: string }>
  /** One turn, `pi -p hi`. */
  turn: (pi: Pi) => Promise<{ rc: number; stdout: string; stderr: string }>
  seen: (kind: LogEntry["kind"]) => LogEntry[]
  /** Refresh tokens that were posted more than once, and posts of spent ones: none is law 2. */
  doublePosts: () => number
}

/** Opens a world with these accounts; Pi's turns and its refreshes go to the simulator. */
export async function openPiWorld(
  accounts: Parameters<typeof openWorld>[0] = [{ name: "boss" }, { name: "qa" }],
): Promise<PiWorld> {
  const world = await openWorld(accounts)
  const { sim } = world
  const dir = piHome(world.home)
  await mkdir(join(dir, "extensions"), { recursive: true, mode: 0o700 })
  const models = { providers: { "openai-codex": { baseUrl: sim.chatgptUrl } } }
  await writeFile(join(dir, "models.json"), JSON.stringify(models))
  await writeFile(join(dir, "extensions", "redirect.ts"), redirect(sim.authUrl))
  const start: PiWorld["start"] = (pi, args) => startPi(world.home, pi, args)
  const run: PiWorld["run"] = async (pi, args) => {
    const child = start(pi, args)
    child.stdin.end()
    const [stdout, stderr, rc] = await Promise.all([
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
      child.exited,
    ])
    return { rc, stdout, stderr }
  }
  return {
    ...world,
    dir,
    start,
    run,
    turn: (pi) => run(pi, ["-p", "hi", "--no-session", "--model", `openai-codex/${pi.model}`]),
    seen: (kind) => sim.log().filter((entry) => entry.kind === kind),
    doublePosts: () => {
      const twice = [...postsPerRefreshToken(sim.log()).values()].filter((posts) => posts > 1)
      return twice.length + reuses(sim.log()).length
    },
  }
}

function startPi(home: string, pi: Pi, args: readonly string[]) {
  return Bun.spawn([process.execPath, programOf(pi), ...args], {
    cwd: home,
    env: {
      PATH: "/usr/bin:/bin",
      HOME: home,
      TERM: "dumb",
      TZ: "UTC",
      PI_OFFLINE: "1",
      PI_SKIP_VERSION_CHECK: "1",
      PI_TELEMETRY: "0",
    },
    stdin: "pipe",
    stdout: "pipe",
    stderr: "pipe",
    timeout: 150_000,
    killSignal: "SIGKILL",
  })
}

/** Pi's token endpoint is fixed in its code: an extension takes such a request to the simulator. */
function redirect(authUrl: string): string {
  return `const real = globalThis.fetch
const issuer = "https://auth.openai.com"
globalThis.fetch = ((input: unknown, init: unknown) => {
  const url = String(input instanceof Request ? input.url : input)
  return url.startsWith(issuer)
    ? real(${JSON.stringify(authUrl)} + url.slice(issuer.length), init as RequestInit)
    : real(input as string, init as RequestInit)
}) as typeof fetch
export default function () {}
`
}

type Event = { type: string; message?: { role: string; content: { text?: string }[] } }

/** A running Pi, asked over its RPC mode. */
export function piSession(world: PiWorld, pi: Pi) {
  const model = `openai-codex/${pi.model}`
  const child = world.start(pi, ["--mode", "rpc", "--no-session", "--model", model])
  const events = eventsOf(child.stdout)
  return {
    /** One turn in it: what the model said. */
    ask: async (message: string): Promise<string> => {
      child.stdin.write(`${JSON.stringify({ type: "prompt", message })}\n`)
      child.stdin.flush()
      let said = ""
      for (;;) {
        const { value, done } = await events.next()
        if (done) throw new Error(`Pi ended: ${await new Response(child.stderr).text()}`)
        if (value.type === "message_end" && value.message?.role === "assistant")
          said = value.message.content.map(({ text = "" }) => text).join("")
        if (value.type === "agent_end") return said
      }
    },
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL")
      await child.exited
    },
  }
}

async function* eventsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Event, undefined> {
  const decoder = new TextDecoder()
  let text = ""
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true })
    const lines = text.split("\n")
    text = lines.pop() ?? ""
    for (const line of lines) if (line.startsWith("{")) yield JSON.parse(line)
  }
  return undefined
}
