import type { World } from "../../support/world.ts"
import { binaryPath, cleanEnv } from "./run-aim.ts"

/** An `aim login` that is under way: what it says on stderr as it comes, and a keyboard. */
export type LoginRun = AsyncDisposable & {
  /** The first piece of stderr, past or coming, that fits. */
  says: (pattern: RegExp) => Promise<string>
  type: (line: string) => void
  kill: (signal: NodeJS.Signals) => void
  /** Its end: exit code, the document on stdout, all of stderr. */
  ended: () => Promise<{ code: number; json: Record<string, unknown>; stderr: string }>
}

/** Starts `aim login …` with a pipe as its keyboard; `input: false` closes that at once. */
export function startLogin(
  world: World,
  args: string,
  { input = true, env = {} }: { input?: boolean; env?: Record<string, string> } = {},
): LoginRun {
  const child = Bun.spawn([binaryPath("release"), "login", ...args.split(" ")], {
    env: { ...cleanEnv(world.home), ...world.env, ...env },
    cwd: world.home,
    stdin: input ? "pipe" : "ignore",
    stdout: "pipe",
    stderr: "pipe",
  })
  let stderr = ""
  let ended = false
  const waiting = new Set<() => void>()
  const read = (async () => {
    for await (const chunk of child.stderr) {
      stderr += Buffer.from(chunk).toString()
      for (const look of [...waiting]) look()
    }
    ended = true
  })()
  const stdout = child.stdout.text()
  const says = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(stderr)
        if (found === null && !ended) return
        waiting.delete(look)
        if (found === null) reject(new Error(`aim never said ${pattern}: ${stderr}`))
        else resolve(found[1] ?? found[0])
      }
      waiting.add(look)
      read.then(look)
      look()
    })
  return {
    says,
    type: (line) => {
      if (typeof child.stdin === "object") {
        child.stdin.write(`${line}\n`)
        child.stdin.flush()
      }
    },
    kill: (signal) => child.kill(signal),
    ended: async () => {
      const code = await child.exited
      await read
      const text = await stdout
      return { code, json: text === "" ? {} : JSON.parse(text), stderr }
    },
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL")
      await child.exited
    },
  }
}

/** The page that aim tells people to open. */
export const pageOf = (run: LoginRun) => run.says(/(http:\S+\/oauth\/authorize\?\S+)/)

/** What the browser does when the person says yes: gives the address that it is sent to. */
export async function allowed(page: string): Promise<string> {
  const asked = await fetch(page)
  if (asked.status !== 200) throw new Error(`the login page says ${asked.status}`)
  const url = page.replace("/oauth/authorize?", "/oauth/allow?")
  const reply = await fetch(url, { redirect: "manual" })
  return reply.headers.get("location") ?? ""
}
