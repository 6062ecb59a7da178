import { describe, expect, test } from "bun:test"
import { binaryPath, cleanEnv } from "./support/run-aim.ts"
import { tempHome } from "./support/temp-home.ts"

/** Runs aim in a shell that sends its stdout where `redirect` says. */
async function redirected(line: string, redirect: string) {
  await using home = await tempHome()
  const child = Bun.spawn(["bash", "-c", `"$0" ${line} ${redirect}`, binaryPath("release")], {
    env: cleanEnv(home.path),
    stdin: "ignore",
    stdout: "ignore",
    stderr: "pipe",
  })
  const [stderr, code] = await Promise.all([child.stderr.text(), child.exited])
  return { code, stderr }
}

describe("a full disk behind stdout is no success", () => {
  test.each([
    ["status"],
    ["status --json"],
    ["account add boss"],
    ["account show boss --json"],
    ["--help"],
  ])("aim %s", async (line) => {
    const { code, stderr } = await redirected(line, "> /dev/full")
    expect(code).toBe(1)
    expect(stderr).toBe(
      "error: the output can't be written (ENOSPC)\n\n" +
        "hint: what the command has changed stands; make room where stdout leads\n",
    )
  })
})

describe("nobody who reads is no failure", () => {
  test.each([["| true"], [">&-"]])("aim status %s", async (redirect) => {
    expect(await redirected("status", redirect)).toEqual({ code: 0, stderr: "" })
  })
})
