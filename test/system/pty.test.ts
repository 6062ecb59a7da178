import { describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { runOnTerminal } from "../../src/system/pty.ts"
import { tempFolder } from "../support/temp-folder.ts"

const never = new AbortController().signal
const SCREEN = { columns: 60, color: false, unicode: true }

function sh(script: string, options: { signal?: AbortSignal; color?: boolean } = {}) {
  return runOnTerminal(["sh", "-c", script], {
    env: { PATH: process.env.PATH ?? "" },
    cwd: "/",
    screen: { ...SCREEN, color: options.color ?? false },
    signal: options.signal ?? never,
  })
}

describe("a program in a pseudo-terminal", () => {
  test("finds a terminal on all three streams and gives its exit code", async () => {
    expect(await sh("test -t 0 && test -t 1 && test -t 2 && exit 7")).toEqual({ code: 7, text: "" })
  })

  test("both streams come as one text, line ends as they were written", async () => {
    expect((await sh("echo one; echo two >&2")).text).toBe("one\ntwo\n")
  })

  test("nothing of a long output is lost at its end", async () => {
    const { text } = await sh("head -c 300000 /dev/zero | tr '\\0' x; echo end")
    expect(text.length).toBe(300_004)
    expect(text.endsWith("xend\n")).toBe(true)
  })

  test("finds the width, and NO_COLOR unless colours are wanted", async () => {
    const ask = 'echo "$COLUMNS $NO_COLOR $LC_ALL"; stty size'
    expect((await sh(ask)).text).toBe("60 1 C.UTF-8\n50 60\n")
    expect((await sh(ask, { color: true })).text).toBe("60  C.UTF-8\n50 60\n")
  })

  test("has no other environment than the one it is given", async () => {
    const { text } = await sh("env")
    const names = text.split("\n").map((line) => line.split("=")[0] ?? "")
    const ours = ["PATH", "TERM", "COLUMNS", "LC_ALL", "NO_COLOR"]
    const ofShell = ["PWD", "OLDPWD", "SHLVL", "_", ""]
    expect(names.filter((name) => ![...ours, ...ofShell].includes(name))).toEqual([])
  })

  test("an abort ends it by SIGTERM, and its end is waited for", async () => {
    const abort = new AbortController()
    const up = join(tempFolder("pty"), "up")
    const script = `trap 'echo bye; exit 3' TERM; echo up; : > ${up}; while :; do sleep 0.01; done`
    const running = sh(script, { signal: abort.signal })
    while (!existsSync(up)) await Bun.sleep(5)
    abort.abort()
    expect(await running).toMatchObject({ code: 3, text: "up\nbye\n" })
  })

  test("an abort that came before it is not missed", async () => {
    expect((await sh("sleep 60", { signal: AbortSignal.abort() })).code).toBe(143)
  })

  test("a program that is not there is exit code 127", async () => {
    const options = { env: {}, cwd: "/", screen: SCREEN, signal: never }
    expect(await runOnTerminal(["/nowhere/aim"], options)).toEqual({ code: 127, text: "" })
  })
})
