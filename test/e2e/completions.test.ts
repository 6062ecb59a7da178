import { describe, expect, test } from "bun:test"
import { mkdir, symlink, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { SHELLS } from "../../src/domain/shell.ts"
import { differences, pictureOf } from "./support/home-picture.ts"
import { binaryPath, runAim } from "./support/run-aim.ts"
import { tempHome } from "./support/temp-home.ts"

describe("aim completions", () => {
  test.each([...SHELLS])("%s: prints a script that asks aim, for both its names", async (shell) => {
    const { code, stdout, stderr } = await runAim(["completions", shell])
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" })
    expect(stdout).toContain(`command aim __complete ${shell} `)
    expect(stdout).toMatch(/aim aimgr/)
    expect((await runAim(["completions", shell, "--json"])).json()).toEqual({
      schemaVersion: 1,
      shell,
      script: stdout,
    })
  })

  test("another shell ends with exit code 2 and the list", async () => {
    const { code, stdout, stderr } = await runAim(["completions", "tcsh"])
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" })
    expect(stderr).toContain("bash, zsh, fish")
    const none = await runAim(["completions"])
    expect(none.code).toBe(2)
    expect(none.stderr).toContain("<shell>")
  })

  test("its page says for each shell where the script goes", async () => {
    const { stdout } = await runAim(["help", "completions"])
    for (const place of ["~/.bashrc", "~/.zshrc", "fpath", "~/.config/fish/conf.d/aim.fish"])
      expect(stdout).toContain(place)
    for (const shell of SHELLS) expect(stdout).toContain(`aim completions ${shell}`)
  })
})

describe("what the scripts ask", () => {
  test("is answered in each shell's form", async () => {
    const ask = async (...words: string[]) => (await runAim(["__complete", ...words])).stdout
    expect(await ask("bash", "aim codex u")).toBe("words\nuse\n")
    expect(await ask("zsh", "completions", "")).toBe("words\nbash:\nzsh:\nfish:\n")
    expect(await ask("fish", "completions", "")).toBe("words\nbash\t\nzsh\t\nfish\t\n")
    expect(await ask("bash", "aim --home ")).toBe("dirs\n")
    expect(await ask("fish", "--state=/x")).toBe("files\n")
  })

  test("names the labels beside the commands, but for one that bears a command's name", async () => {
    await using home = await tempHome()
    const stateFile = join(home.path, ".aimgr/secrets.json")
    await mkdir(dirname(stateFile), { mode: 0o700 })
    const accounts = { boss: {}, serve: {} }
    await writeFile(stateFile, JSON.stringify({ schemaVersion: "0.2", accounts }), { mode: 0o600 })
    const ask = async (line: string) =>
      (await runAim(["__complete", "bash", line], { home: home.path })).stdout.split("\n")
    expect(await ask("aim ")).toEqual(expect.arrayContaining(["status", "boss"]))
    expect(await ask("aim ")).not.toContain("serve")
    expect(await ask("aim boss --dev")).toContain("--device-code")
    expect(await ask("aim help ")).not.toContain("boss")
  })

  test.each([
    ["no shell", []],
    ["another shell", ["tcsh", "codex", ""]],
    ["a line that leads nowhere", ["bash", "aim bogus --nonsense= x "]],
    ["help", ["zsh", "codex", "--help", "bogus", ""]],
    ["a home that can't be", ["zsh", "--home", "/dev/null/x", "account", "show", ""]],
    ["a state that is no file", ["zsh", "--state", "/dev/zero", "account", "show", ""]],
    ["a folder as state", ["zsh", "--state", "/", "restore", ""]],
  ])("%s is answered with nothing, and is no error", async (_what, words) => {
    await using home = await tempHome()
    const before = await pictureOf(home.path)
    const answer = await runAim(["__complete", ...words], { home: home.path })
    expect(answer).toMatchObject({ code: 0, stdout: "", stderr: "" })
    expect(differences(before, await pictureOf(home.path))).toEqual([])
  })

  test("needs no home, and the environment may name one", async () => {
    await using home = await tempHome()
    const line = ["__complete", "zsh", "account", "show", ""]
    expect((await runAim(["account", "add", "boss"], { home: home.path })).code).toBe(0)
    const elsewhere = { HOME: "/nowhere", AIM_HOME: home.path }
    expect((await runAim(line, { env: elsewhere })).stdout).toBe("words\nboss:openai-codex\n")
    expect(await runAim(line, { env: { HOME: "" } })).toMatchObject({
      code: 0,
      stdout: "",
      stderr: "",
    })
    const quoted = ["__complete", "bash", 'aim --home "$WHERE" account show ']
    const named = await runAim(quoted, { env: { WHERE: home.path } })
    expect(named.stdout).toBe("words\nboss\n")
  })

  test("is answered under either name", async () => {
    await using home = await tempHome()
    const aimgr = join(home.path, "aimgr")
    await symlink(binaryPath("release"), aimgr)
    const child = Bun.spawn([aimgr, "__complete", "bash", "aimgr codex u"], { stdout: "pipe" })
    expect(await child.stdout.text()).toBe("words\nuse\n")
  })
})
