import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { binaryPath, cleanEnv, runAim } from "../../e2e/support/run-aim.ts"
import { tempHome } from "../../e2e/support/temp-home.ts"
import { SHELLS, type ShellKind } from "./shell-kinds.ts"

export type RealShell = AsyncDisposable & {
  /** The user home that the shell was started in, its current folder too. */
  home: string
  /** Types these keys and then return; gives the words of the command that ran, its name first. */
  ran: (keys: string) => Promise<string[]>
  /** What has come onto the screen since the last keys. */
  screen: () => string
  /** Types these keys and gives what stands on the screen since, as soon as `wanted` is there. */
  shows: (keys: string, wanted: RegExp) => Promise<string>
}

const PATIENCE_MS = 60_000
const TO_LINE_START = "\u0001"
const CUT_LINE = "\u000b"
const NEW_LINE = `${TO_LINE_START}${CUT_LINE}`

/**
 * A real shell behind a pseudo-terminal, with completion installed as `aim help completions` says.
 * In it, `aim` and `aimgr` are functions that note the words they were called with: what a TAB has
 * made of a line is judged by what the shell makes of it, quotes and all.
 */
export async function realShell(kind: ShellKind): Promise<RealShell> {
  const home = await tempHome()
  const { argv, files } = SHELLS[kind]
  await lay(home.path, files)
  const clean = cleanEnv(home.path)
  const note = join(home.path, ".ran")
  // One for all pieces: a character may come in two.
  const decoder = new TextDecoder()
  let screen = ""
  const child = Bun.spawn(argv, {
    cwd: home.path,
    env: {
      ...clean,
      PATH: `${home.path}/.bin:${clean.PATH}`,
      TERM: "xterm",
      RAN: note,
      PLACE: join(home.path, "colon:eq=x"),
    },
    terminal: {
      cols: 200,
      rows: 60,
      data: (_terminal, bytes) => {
        screen += decoder.decode(bytes, { stream: true })
      },
    },
  })
  const type = (keys: string) => child.terminal?.write(keys)
  const seen = () => Bun.stripANSI(screen)
  const until = async <T>(what: string, look: () => T | null | Promise<T | null>) => {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await Bun.sleep(20)) {
      const found = await look()
      if (found !== null) return found
    }
    throw new Error(`${kind} did not come to ${what}; its screen:\n${seen()}`)
  }
  await until("its prompt", () => (seen().includes("READY> ") ? true : null))
  return {
    home: home.path,
    ran: async (keys) => {
      await rm(note, { force: true })
      screen = ""
      type(`${NEW_LINE}${keys}\r`)
      const noted = await until(`run \`${keys}\``, () => readFile(note, "utf8").catch(() => null))
      return noted.split("\0").slice(0, -1)
    },
    screen: seen,
    shows: async (keys, wanted) => {
      type(NEW_LINE)
      screen = ""
      type(keys)
      return await until(`show ${wanted}`, () => (wanted.test(seen()) ? seen() : null))
    },
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL")
      await child.exited
      await home[Symbol.asyncDispose]()
    },
  }
}

/** The user's own files, aim under both its names, and fish's file as its user would make it. */
async function lay(home: string, files: Record<string, string>): Promise<void> {
  const { stdout } = await runAim(["completions", "fish"])
  const all = { ...files, ".config/fish/conf.d/aim.fish": stdout }
  for (const [path, text] of Object.entries(all)) {
    await mkdir(dirname(join(home, path)), { recursive: true })
    await writeFile(join(home, path), text)
  }
  await mkdir(join(home, ".bin"))
  for (const name of ["aim", "aimgr"])
    await symlink(binaryPath("release"), join(home, ".bin", name))
}
