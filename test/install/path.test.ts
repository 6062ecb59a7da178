import { describe, expect, test } from "bun:test"
import { mkdir, symlink } from "node:fs/promises"
import { join } from "node:path"
import { tempHome } from "../e2e/support/temp-home.ts"
import { machine, program, standIn } from "./support/fakes.ts"
import { runInstaller } from "./support/installer.ts"

/** A home with a program to install, the installer run there with this PATH in front. */
async function install(home: string, front: string[], env: Record<string, string> = {}) {
  const from = await program(join(home, "in"), "aim", standIn("1.2.3"))
  const PATH = [...front, process.env.PATH].join(":")
  const result = await runInstaller(["--from", from], { home, env: { PATH, ...env } })
  expect(result.code).toBe(0)
  return result
}

const line = 'export PATH="$HOME/.local/bin:$PATH"'

describe("a folder that is not on PATH", () => {
  test.each([
    ["/bin/bash", "Linux", "~/.bashrc", line],
    ["/bin/bash", "Darwin", "~/.bash_profile", line],
    ["/usr/bin/zsh", "Linux", "~/.zshrc", line],
    [
      "/opt/my shells/fish",
      "Linux",
      "~/.config/fish/config.fish",
      'fish_add_path "$HOME/.local/bin"',
    ],
    ["/bin/tcsh", "Linux", "~/.cshrc", `setenv PATH "$HOME/.local/bin:\${PATH}"`],
    ["/bin/ksh", "Linux", "~/.profile", line],
    ["", "Linux", "~/.profile", line],
  ])("%s on %s is told its line for %s", async (shell, os, file, wanted) => {
    await using home = await tempHome()
    const tools = await machine(join(home.path, "tools"), { os })
    const { stdout, stderr } = await install(home.path, [tools], { SHELL: shell })
    expect(stdout).toContain(`${home.path}/.local/bin is not on your PATH`)
    expect(stdout).toContain(`Add this line to ${file}:\n\n  ${wanted}\n`)
    expect(stderr).toBe("")
  })
})

test("a folder that is on PATH, however it is spelt there, needs no line", async () => {
  await using home = await tempHome()
  const bin = join(home.path, ".local/bin")
  await mkdir(bin, { recursive: true })
  await symlink(bin, join(home.path, "bin"))
  for (const spelt of [bin, `${bin}/`, join(home.path, "bin")]) {
    const { stdout, stderr } = await install(home.path, [spelt])
    expect(stdout).toBe(`installed aim 1.2.3 as ${bin}/aim\n`)
    expect(stderr).toBe("")
  }
})

describe("what the shell will find instead is named", () => {
  test("an aim that stands before it", async () => {
    await using home = await tempHome()
    const bin = join(home.path, ".local/bin")
    const other = join(home.path, "other")
    await program(other, "aim", standIn("0.0.1"))
    const { stdout, stderr } = await install(home.path, [other, bin])
    expect(stderr).toBe(`warning: \`aim\` is ${other}/aim: it stands before ${bin} on your PATH\n`)
    expect(stdout).not.toContain("not on your PATH")
  })

  test("an aim that stands after it is in nobody's way", async () => {
    await using home = await tempHome()
    const other = join(home.path, "other")
    await program(other, "aim", standIn("0.0.1"))
    const { stderr } = await install(home.path, [join(home.path, ".local/bin"), other])
    expect(stderr).toBe("")
  })

  test("an aim that serves until the line is added", async () => {
    await using home = await tempHome()
    const other = join(home.path, "other")
    await program(other, "aim", standIn("0.0.1"))
    const { stdout, stderr } = await install(home.path, [other])
    expect(stdout).toContain(line)
    expect(stderr).toBe(`warning: until then \`aim\` is ${other}/aim\n`)
  })

  test("an aimgr of another program", async () => {
    await using home = await tempHome()
    const other = join(home.path, "npm/bin")
    await program(other, "aimgr", "#!/bin/sh\n")
    const { stderr } = await install(home.path, [other, join(home.path, ".local/bin")])
    expect(stderr).toBe(
      `warning: \`aimgr\` is ${other}/aimgr, another program; it stays as it is\n`,
    )
  })
})
