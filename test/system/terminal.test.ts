import { describe, expect, test } from "bun:test"
import { join } from "node:path"

const FIXTURE = join(import.meta.dir, "../fixtures/terminal.ts")
const PIPED = { stdinIsTerminal: false, stdoutIsTerminal: false, stderrIsTerminal: false }

/** What a fresh process says about where it stands. */
async function facts(env: Record<string, string>) {
  const child = Bun.spawn([process.execPath, FIXTURE], { env, stdin: "ignore", stderr: "pipe" })
  return JSON.parse(await child.stdout.text())
}

/** The same process behind a pseudo-terminal of 132 columns, typed at after its question. */
async function behindTerminal(env: Record<string, string>, typed: string | null) {
  let screen = ""
  const child = Bun.spawn([process.execPath, FIXTURE, ...(typed === null ? [] : ["ask"])], {
    env,
    terminal: {
      cols: 132,
      rows: 40,
      data: (terminal, bytes) => {
        screen += new TextDecoder().decode(bytes)
        if (typed !== null && screen.endsWith("Sure? ")) terminal.write(typed)
      },
    },
  })
  const code = await child.exited
  return { screen, code }
}

describe("in pipes", () => {
  test("nothing is a terminal", async () => {
    expect(await facts({ TERM: "xterm-256color", COLUMNS: "200" })).toEqual({
      ...PIPED,
      columns: 80,
      unicode: false,
      color: false,
    })
  })

  test.each([
    [{ LANG: "en_US.UTF-8" }, { unicode: true }],
    [{ LANG: "en_US.UTF-8", LC_ALL: "C" }, { unicode: false }],
    [{ LC_CTYPE: "C.utf8" }, { unicode: true }],
    [{ FORCE_COLOR: "1" }, { color: true }],
    [{ FORCE_COLOR: "0" }, { color: false }],
    [{ FORCE_COLOR: "1", NO_COLOR: "1" }, { color: false }],
    [{ FORCE_COLOR: "1", NO_COLOR: "" }, { color: true }],
  ])("%p", async (env, expected) => {
    expect(await facts(env as Record<string, string>)).toMatchObject(expected)
  })
})

describe("behind a terminal", () => {
  const shown = async (env: Record<string, string>) =>
    JSON.parse((await behindTerminal(env, null)).screen)
  const seat = { stdinIsTerminal: true, stdoutIsTerminal: true, stderrIsTerminal: true }

  test.each([
    [{ TERM: "xterm" }, { ...seat, columns: 132, color: true }],
    [{ TERM: "xterm", NO_COLOR: "1" }, { color: false }],
    [{ TERM: "dumb" }, { color: false }],
    [{ TERM: "xterm", COLUMNS: "40" }, { columns: 40 }],
    [{ TERM: "xterm", COLUMNS: "3" }, { columns: 80 }],
  ])("%p", async (env, expected) => {
    expect(await shown(env as Record<string, string>)).toMatchObject(expected)
  })

  test("a question is answered by a line", async () => {
    const { screen } = await behindTerminal({ TERM: "xterm" }, "yes\n")
    expect(screen).toContain('answer: "yes"')
  })

  test("the end of input is no answer", async () => {
    const { screen } = await behindTerminal({ TERM: "xterm" }, "\u0004")
    // What follows begins on a line of its own.
    expect(screen).toMatch(/^Sure\? \r?\nanswer: null/)
  })

  test("ctrl-c is a signal, not an answer", async () => {
    const { code, screen } = await behindTerminal({ TERM: "xterm" }, "\u0003")
    expect(code).toBe(130)
    expect(screen).not.toContain("answer")
  })
})
