import { describe, expect, test } from "bun:test"
import { runChild, selfPath } from "../../src/system/spawn.ts"

describe("runChild", () => {
  test("gives code, output and errors apart", async () => {
    expect(await runChild(["sh", "-c", "echo out; echo err >&2; exit 3"])).toEqual({
      code: 3,
      stdout: "out\n",
      stderr: "err\n",
      timedOut: false,
      tooMuch: false,
      garbled: false,
    })
  })

  test("kills what prints too much, on either stream", async () => {
    for (const where of ["", " >&2"]) {
      const result = await runChild(["sh", "-c", `exec cat /dev/zero${where}`], {
        maxBytes: 99_999,
      })
      expect([result.code, result.tooMuch]).toEqual([137, true])
      expect(result.stdout.length + result.stderr.length).toBeLessThan(100_000)
    }
  })

  test("says that what was printed is no text", async () => {
    const { garbled } = await runChild(["printf", "a\\377b"])
    expect(garbled).toBe(true)
  })

  test("is not stopped by a program that does not read what it is given", async () => {
    const stdin = "x".repeat(1_000_000)
    expect(await runChild(["true"], { stdin })).toMatchObject({ code: 0, timedOut: false })
  })

  test("hands over stdin, environment and folder, and nothing else of the environment", async () => {
    const env = { PATH: process.env.PATH, WORD: "given" }
    const { stdout } = await runChild(["sh", "-c", 'cat; echo "$WORD $HOME"; pwd'], {
      env,
      cwd: "/",
      stdin: "secret\n",
    })
    expect(stdout).toBe("secret\ngiven \n/\n")
  })

  test("reads nothing when it is given nothing", async () => {
    expect(await runChild(["cat"])).toMatchObject({ code: 0, stdout: "" })
  })

  test("takes output that is larger than a pipe", async () => {
    const { stdout } = await runChild(["head", "-c", "3000000", "/dev/zero"])
    expect(stdout.length).toBe(3_000_000)
  })

  test("says 127 and 126 for what can't be started", async () => {
    expect((await runChild(["aim-no-such-program"])).code).toBe(127)
    expect((await runChild(["/etc/passwd"])).code).toBe(126)
  })

  test("says 128 + n for a signal", async () => {
    expect((await runChild(["sh", "-c", "kill -TERM $$"])).code).toBe(143)
  })

  test("kills what takes too long, and keeps what it had said", async () => {
    const result = await runChild(["sh", "-c", "echo begun; exec sleep 60"], { timeoutMs: 2_000 })
    expect(result).toMatchObject({ code: 137, stdout: "begun\n", timedOut: true })
  })

  test("does not wait for a grandchild that keeps the pipe", async () => {
    const result = await runChild(["sh", "-c", "sleep 20 & echo done"])
    expect(result).toMatchObject({ code: 0, stdout: "done\n", timedOut: false })
  })
})

test("selfPath is a program that runs", async () => {
  expect((await runChild([selfPath(), "--version"])).code).toBe(0)
})
