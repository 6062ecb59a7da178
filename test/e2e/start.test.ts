import { describe, expect, test } from "bun:test"
import { readdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { runAim } from "./support/run-aim.ts"
import { tempHome } from "./support/temp-home.ts"

describe("starting aim", () => {
  test("help and errors write nothing at all", async () => {
    await using home = await tempHome()
    for (const args of [["--version"], ["help"], ["bogus"], ["codex", "use", "boss"]])
      await runAim(args, { home: home.path })
    expect(await readdir(home.path)).toEqual([])
  })

  test("obeys no .env, bunfig.toml or preload of the folder it is started in", async () => {
    await using home = await tempHome()
    await writeFile(join(home.path, ".env"), "AIM_DEBUG=1\nFORCE_COLOR=1\n")
    await writeFile(join(home.path, "bunfig.toml"), 'preload = ["./preload.ts"]\n')
    await writeFile(join(home.path, "preload.ts"), 'console.log("hijacked")\n')
    const { code, stdout } = await runAim(["--version"], { home: home.path })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^aim \d+\.\d+\.\d+\n$/)
  })

  test("prints no colours into a pipe, whatever the terminal's environment says", async () => {
    for (const env of [{ TERM: "xterm-256color", COLORTERM: "truecolor" }, { CLICOLOR_FORCE: "1" }])
      for (const args of [["help"], ["bogus"], ["codex", "use", "boss"]]) {
        const { stdout, stderr } = await runAim(args, { env })
        expect(stdout + stderr).not.toContain("\u001b")
      }
  })

  test("a reader that goes away is no error", async () => {
    const child = Bun.spawn([
      "sh",
      "-c",
      '"$0" help | head -n 1',
      join(import.meta.dir, "../../dist/aim"),
    ])
    expect(await child.stdout.text()).toBe("usage: aim <command> [flags]\n")
    expect(await child.exited).toBe(0)
  })
})
