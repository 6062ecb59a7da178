import { describe, expect, test } from "bun:test"
import { join } from "node:path"

const FIXTURE = join(import.meta.dir, "../fixtures/outcome.ts")
const DOCUMENT = '{\n  "schemaVersion": 1,\n  "ok": true\n}\n'

/** Prints one kind of outcome in a process of its own. */
async function outcome(what: string, mode = "none", env: Record<string, string> = {}) {
  const command = [process.execPath, FIXTURE, what, mode]
  const child = Bun.spawn(command, { env, stdout: "pipe", stderr: "pipe" })
  const [stdout, stderr, code] = await Promise.all([
    child.stdout.text(),
    child.stderr.text(),
    child.exited,
  ])
  return { stdout, stderr, code }
}

describe("a result", () => {
  test.each([
    ["none", "one\ntwo\n"],
    ["asked", DOCUMENT],
    ["piped", DOCUMENT],
  ])("in mode %s", async (mode, stdout) => {
    expect(await outcome("result", mode)).toEqual({ stdout, stderr: "", code: 1 })
  })

  test("with nothing to say prints nothing, not an empty line", async () => {
    expect(await outcome("silence")).toEqual({ stdout: "", stderr: "", code: 0 })
  })
})

describe("a failure", () => {
  test.each([
    ["none", false, true],
    ["asked", true, false],
    ["piped", true, true],
  ])("in mode %s", async (mode, toProgram, toPerson) => {
    const { stdout, stderr, code } = await outcome("expected", mode)
    expect(code).toBe(1)
    expect(stdout !== "").toBe(toProgram)
    expect(stderr).toBe(toPerson ? "error: broken\n\nhint: mend it\n" : "")
  })

  test("keeps the exit code that it was given", async () => {
    expect(await outcome("usage")).toEqual({ stdout: "", stderr: "error: wrong\n", code: 2 })
  })

  test("is not painted by Bun on a terminal", async () => {
    let screen = ""
    const child = Bun.spawn([process.execPath, FIXTURE, "expected"], {
      env: { TERM: "xterm-256color" },
      terminal: {
        data: (_terminal, bytes) => {
          screen += new TextDecoder().decode(bytes)
        },
      },
    })
    expect(await child.exited).toBe(1)
    expect(screen).toBe("error: broken\r\n\r\nhint: mend it\r\n")
  })
})

describe("a fault of aim itself is one line without a token or a stack", () => {
  test.each([
    ["fault", "TypeError: bad header [redacted]\n"],
    ["parser", "unexpectedly: SyntaxError\n"],
    ["text", "unexpectedly: string\n"],
    ["nothing", "unexpectedly: undefined\n"],
  ])("%s", async (what, message) => {
    const { stdout, stderr, code } = await outcome(what)
    expect([stdout, code]).toEqual(["", 1])
    expect(stderr).toContain(message)
    expect(stderr.split("\n")).toHaveLength(4)
    expect(stderr).not.toMatch(/eyJ|s3cret|\n\s+at /)
  })

  test("AIM_DEBUG=1 adds the frames, and still no token", async () => {
    const { stderr } = await outcome("lines", "none", { AIM_DEBUG: "1" })
    expect(stderr).toMatch(/\n\s+at .*fixtures\/outcome\.ts/)
    expect(stderr).not.toContain("eyJ")
  })
})
