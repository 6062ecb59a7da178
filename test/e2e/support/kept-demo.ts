import { binaryPath, cleanEnv } from "./run-aim.ts"
import { tempHome } from "./temp-home.ts"

/** What a shell in the sandbox of `aim demo --keep` came to. */
export type ShellResult = { code: number; stdout: string; stderr: string }

/** A running `aim demo --keep` whose story is told. */
export type KeptDemo = AsyncDisposable & {
  story: string
  /** The file that leads a shell into the sandbox. */
  enter: string
  /** The folder that the sandbox lies in; the user's own home and homes lie elsewhere. */
  temp: string
  /** Runs a script in a shell that has read `enter`. */
  shell: (script: string, env?: Record<string, string>) => Promise<ShellResult>
  /** Ends the demo by a signal and gives its exit code and what it still said. */
  stop: (signal: NodeJS.Signals) => Promise<{ code: number; said: string }>
}

/** Starts `aim demo --keep` and waits until it says how to go on. */
export async function keptDemo(): Promise<KeptDemo> {
  const home = await tempHome()
  const temp = await tempHome()
  const child = Bun.spawn([binaryPath("release"), "demo", "--keep"], {
    cwd: home.path,
    env: { ...cleanEnv(home.path), TMPDIR: temp.path },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "inherit",
  })
  const reader = child.stdout.getReader()
  const decoder = new TextDecoder()
  const readTo = async (mark: RegExp | null) => {
    let text = ""
    while (mark === null || !mark.test(text)) {
      const { done, value } = await reader.read()
      if (done) break
      text += decoder.decode(value, { stream: true })
    }
    return text
  }
  const story = await readTo(/until you press ctrl-C/)
  const enter = /^ {2}\. (\S+)$/m.exec(story)?.[1]
  if (enter === undefined) throw new Error(`the demo said no way to go on:\n${story}`)
  const stop = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    return { said: await readTo(null), code: await child.exited }
  }
  return {
    story,
    enter,
    temp: temp.path,
    shell: async (script, env = {}) => {
      const shell = Bun.spawn(["sh", "-c", `. ${enter}\n${script}`], {
        cwd: home.path,
        env: { ...cleanEnv(home.path), ...env },
        stdin: "ignore",
        stdout: "pipe",
        stderr: "pipe",
      })
      const [stdout, stderr] = await Promise.all([shell.stdout.text(), shell.stderr.text()])
      return { code: await shell.exited, stdout, stderr }
    },
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop("SIGTERM")
      await home[Symbol.asyncDispose]()
      await temp[Symbol.asyncDispose]()
    },
  }
}
