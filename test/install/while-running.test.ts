import { describe, expect, test } from "bun:test"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { tempHome } from "../e2e/support/temp-home.ts"
import { program, standIn } from "./support/fakes.ts"
import { filesIn, installerEnv, runInstaller, SCRIPT } from "./support/installer.ts"

const ECHO = `if (process.argv.includes("--version")) console.log("aim 1.0.0")
else for await (const line of console) console.log("old:", line)
`

test("a running aim goes on as it was while a new one takes its name", async () => {
  await using home = await tempHome()
  const bin = join(home.path, ".local/bin")
  // A real program file, which no kernel lets anyone overwrite while it runs.
  await writeFile(join(home.path, "old.ts"), ECHO)
  const build = [process.execPath, "build", "--compile", "old.ts", "--outfile", join(bin, "aim")]
  expect(await Bun.spawn(build, { cwd: home.path, stdout: "ignore" }).exited).toBe(0)
  const running = Bun.spawn([join(bin, "aim")], {
    env: installerEnv(home.path),
    stdin: "pipe",
    stdout: "pipe",
  })
  const lines = running.stdout.getReader()
  const answer = async (line: string) => {
    running.stdin.write(`${line}\n`)
    running.stdin.flush()
    return new TextDecoder().decode((await lines.read()).value)
  }
  expect(await answer("before")).toBe("old: before\n")
  const from = await program(join(home.path, "in"), "aim", standIn("2.0.0"))
  const result = await runInstaller(["--from", from], { home: home.path })
  expect(result).toMatchObject({ code: 0, stderr: "" })
  expect(await answer("after")).toBe("old: after\n")
  running.stdin.end()
  expect(await running.exited).toBe(0)
  expect(await Bun.file(join(bin, "aim")).text()).toBe(standIn("2.0.0"))
  expect(await filesIn(bin)).toEqual(["aim", "aimgr"])
})

describe("whoever starts aim during an installation", () => {
  test("starts the old one or the new one", async () => {
    await using home = await tempHome()
    const bin = join(home.path, ".local/bin")
    await program(bin, "aim", standIn("1.0.0"))
    const from = await program(join(home.path, "in"), "aim", standIn("2.0.0"))
    const options = { env: installerEnv(home.path), stdout: "pipe", stderr: "pipe" } as const
    const installer = Bun.spawn(["dash", SCRIPT, "--from", from], options)
    const seen = new Set<string>()
    while (installer.exitCode === null) {
      const child = Bun.spawn([join(bin, "aim"), "--version"], options)
      seen.add(`${await child.stdout.text()}${await child.exited}`)
    }
    expect(installer.exitCode).toBe(0)
    expect([...seen].filter((said) => !/^aim [12]\.0\.0\n0$/.test(said))).toEqual([])
    expect(seen.size).toBeGreaterThan(0)
  })
})
