import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { stripVTControlCharacters } from "node:util"

/** Generous: the machine may be building something else on its two cores. */
const PATIENCE_MS = 90_000
const PAUSE_MS = 40

export type ScreenOptions = {
  columns?: number
  rows?: number
  /** The shell's whole environment; its PATH finds what is typed. */
  env: Readonly<Record<string, string>>
  cwd: string
}

/** A person's terminal: a shell in a real pseudo-terminal, its keyboard, and what stands on it. */
export type Screen = AsyncDisposable & {
  /** Presses keys by tmux's names, one after the other: `Up`, `Enter`, `Escape`, `C-c`, `1`. */
  press: (...keys: string[]) => Promise<void>
  /** Types letters, all at once; no Enter. */
  type: (text: string) => Promise<void>
  /** Types a command line at the shell's prompt, with Enter. */
  run: (line: string) => Promise<void>
  /** Pastes as a terminal does: between brackets where the program has asked for them. */
  paste: (text: string) => Promise<void>
  resize: (columns: number, rows: number) => Promise<void>
  /** What is seen now, without blanks at the ends of lines and below the last one. */
  picture: () => Promise<string>
  /** The picture with everything that was scrolled away. */
  everything: () => Promise<string>
  /** Waits until the picture holds a text, or fits, and gives it; fails with the last picture. */
  shows: (wanted: string | RegExp | ((picture: string) => boolean)) => Promise<string>
  /**
   * Waits for the picture to change from what it is now. Right after a draw there is time until the
   * next one: a terminal that is resized under a draw is drawn on in both its sizes.
   */
  changes: () => Promise<string>
  /** Waits for the shell's prompt on the last line: the program has ended or was suspended. */
  prompt: () => Promise<string>
  /** What tmux knows of the pane, by its formats: `cursor_flag`, `cursor_x`, `pane_pid`. */
  fact: (name: string) => Promise<string>
}

/** The shell's prompt, which no program under test prints. */
export const PROMPT = "$>"

/** Opens a terminal with a shell at its prompt; tmux, a real terminal, keeps its screen. */
export async function openScreen(options: ScreenOptions): Promise<Screen> {
  const { columns = 80, rows = 24, env, cwd } = options
  const folder = await mkdtemp(join(tmpdir(), "aim-screen-"))
  const tmux = (...args: string[]) => runTmux(folder, env, args)
  const set = (name: string, value: string) => ["set-option", "-g", name, value, ";"]
  const shell = `exec env PS1='${PROMPT} ' ENV= bash --norc --noprofile --posix -i`
  await tmux(
    ...[...set("default-terminal", "screen-256color"), ...set("status", "off")],
    ...[...set("escape-time", "0"), ...set("remain-on-exit", "on")],
    ...["new-session", "-d", "-x", String(columns), "-y", String(rows), "-c", cwd, shell],
  )
  const send = (...args: string[]) => tmux("send-keys", ...args)
  const picture = async () => trimmed(await tmux("capture-pane", "-p"))
  const shows = async (wanted: string | RegExp | ((picture: string) => boolean)) => {
    const end = performance.now() + PATIENCE_MS
    for (;;) {
      const seen = await picture()
      if (fits(seen, wanted)) return seen
      if (performance.now() > end) throw new Error(`the screen never showed ${wanted}:\n${seen}`)
      await Bun.sleep(PAUSE_MS)
    }
  }
  const changes = async () => {
    const before = await picture()
    return shows((seen) => seen !== before)
  }
  const prompt = () => shows((seen) => seen.split("\n").at(-1) === PROMPT)
  const screen: Screen = {
    press: async (...keys) => {
      for (const key of keys) await send(key)
    },
    type: async (text) => {
      if (text !== "") await send("-l", "--", text)
    },
    run: async (line) => {
      await send("-l", "--", line)
      await send("Enter")
    },
    paste: async (text) => {
      await tmux("set-buffer", "--", text)
      await tmux("paste-buffer", "-p", "-r", "-d")
    },
    resize: async (width, height) => {
      await tmux("resize-window", "-x", String(width), "-y", String(height))
    },
    picture,
    everything: async () => trimmed(await tmux("capture-pane", "-p", "-S", "-")),
    shows,
    changes,
    prompt,
    fact: async (name) => (await tmux("display-message", "-p", `#{${name}}`)).trim(),
    [Symbol.asyncDispose]: async () => {
      await tmux("kill-server")
      await rm(folder, { recursive: true, force: true })
    },
  }
  await prompt()
  return screen
}

async function runTmux(
  folder: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<string> {
  const argv = ["tmux", "-u", "-f", "/dev/null", "-S", join(folder, "socket"), ...args]
  const child = Bun.spawn(argv, {
    env: { ...env, TERM: "screen-256color" },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  })
  const [out, complaint] = await Promise.all([child.stdout.text(), child.stderr.text()])
  if ((await child.exited) !== 0) throw new Error(`tmux ${args.join(" ")}: ${complaint}`)
  return out
}

function fits(seen: string, wanted: string | RegExp | ((picture: string) => boolean)): boolean {
  if (typeof wanted === "string") return seen.includes(wanted)
  return wanted instanceof RegExp ? wanted.test(seen) : wanted(seen)
}

function trimmed(captured: string): string {
  const lines = stripVTControlCharacters(captured).split("\n")
  return lines
    .map((line) => line.trimEnd())
    .join("\n")
    .trimEnd()
}
