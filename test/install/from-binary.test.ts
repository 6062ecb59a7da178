import { beforeAll, describe, expect, test } from "bun:test"
import { chmod, mkdir, readlink, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { tempHome } from "../e2e/support/temp-home.ts"
import { program, standIn } from "./support/fakes.ts"
import {
  BUILT,
  filesIn,
  installerEnv,
  ROOT,
  runInstaller,
  SCRIPT,
  SHELLS,
} from "./support/installer.ts"

let script = ""
beforeAll(async () => {
  script = await Bun.file(SCRIPT).text()
})

async function says(path: string, home: string): Promise<string> {
  const child = Bun.spawn([path, "--version"], { env: installerEnv(home) })
  return (await child.stdout.text()).trim()
}

test("the built aim is installed, runs by both names, and nothing else appears", async () => {
  await using home = await tempHome()
  const { version } = await Bun.file(join(ROOT, "package.json")).json()
  const result = await runInstaller(["--from", BUILT], { home: home.path })
  expect(result).toMatchObject({ code: 0, stderr: "" })
  const bin = join(home.path, ".local/bin")
  expect(result.stdout).toContain(`installed aim ${version} as ${bin}/aim`)
  expect(await filesIn(home.path)).toEqual([
    ".local",
    ".local/bin",
    ".local/bin/aim",
    ".local/bin/aimgr",
  ])
  expect(await readlink(join(bin, "aimgr"))).toBe("aim")
  for (const name of ["aim", "aimgr"])
    expect(await says(join(bin, name), home.path)).toBe(`aim ${version}`)
})

describe.each(SHELLS)("in %s", (shell) => {
  test("piped into the shell, beside a path from where it stands", async () => {
    await using home = await tempHome()
    await program(join(home.path, "in"), "aim", standIn("1.2.3"))
    const result = await runInstaller(["--from", "in/aim"], {
      home: home.path,
      shell,
      piped: script,
    })
    expect(result).toMatchObject({ code: 0, stderr: "" })
    expect(await says(join(home.path, ".local/bin/aim"), home.path)).toBe("aim 1.2.3")
  })

  test("with spaces, quotes and dollars in every path", async () => {
    await using home = await tempHome()
    const odd = join(home.path, `a "b" $HOME 'c' é`)
    const from = await program(join(odd, "in"), "my aim", standIn("1.2.3"))
    const dir = join(odd, "bin")
    const result = await runInstaller(["--from", from, "--dir", dir], { home: odd, shell })
    expect(result).toMatchObject({ code: 0, stderr: "" })
    expect(await filesIn(dir)).toEqual(["aim", "aimgr"])
    // The line for the shell's start file means that very folder.
    const line = result.stdout.split("\n").find((text) => text.startsWith("  export ")) ?? ""
    const found = Bun.spawn([shell, "-c", `${line}\ncommand -v aim`], { env: installerEnv(odd) })
    expect((await found.stdout.text()).trim()).toBe(join(dir, "aim"))
    expect((await runInstaller(["--uninstall", "--dir", dir], { home: odd, shell })).code).toBe(0)
    expect(await filesIn(dir)).toEqual([])
  })

  test("again, over itself and from itself", async () => {
    await using home = await tempHome()
    const bin = join(home.path, ".local/bin")
    const from = await program(join(home.path, "in"), "aim", standIn("1.2.3"))
    for (const source of [from, from, join(bin, "aim")]) {
      const result = await runInstaller(["--from", source], { home: home.path, shell })
      expect(result).toMatchObject({ code: 0, stderr: "" })
      expect(await filesIn(bin)).toEqual(["aim", "aimgr"])
    }
  })

  // The whole of it, cut at the end of each line and within the last ones.
  test("cut short anywhere, it does nothing", async () => {
    await using home = await tempHome()
    const from = await program(join(home.path, "in"), "aim", standIn("1.2.3"))
    const lines = [...script.matchAll(/\n/g)].map(({ index }) => index + 1)
    const lastBytes = Array.from({ length: 30 }, (_, back) => script.length - 2 - back)
    const halves = [Math.floor(script.length / 2), ...lines.slice(0, -1), ...lastBytes]
    for (let at = 0; at < halves.length; at += 40) {
      await Promise.all(
        halves.slice(at, at + 40).map(async (length) => {
          const piped = script.slice(0, length)
          await runInstaller(["--from", from], { home: home.path, shell, piped })
        }),
      )
    }
    expect(await filesIn(home.path)).toEqual(["in", "in/aim"])
  })
})

test("an environment that would make Bun of a compiled program does not confuse it", async () => {
  await using home = await tempHome()
  const env = { BUN_BE_BUN: "1", BUN_OPTIONS: "--preload ./missing.ts" }
  const result = await runInstaller(["--from", BUILT], { home: home.path, env })
  expect(result).toMatchObject({ code: 0, stderr: "" })
})

test.each([
  ["$XDG_BIN_HOME", [], "xdg bin"],
  ["--dir before it", ["--dir", "there/"], "there"],
  ["the home that a tilde means", ["--dir=~/there"], "there"],
])("goes into %s", async (_name, args, place) => {
  await using home = await tempHome()
  const from = await program(join(home.path, "in"), "aim", standIn("1.2.3"))
  const env = { XDG_BIN_HOME: join(home.path, "xdg bin") }
  const result = await runInstaller(["--from", from, ...args], { home: home.path, env })
  expect(result).toMatchObject({ code: 0, stderr: "" })
  expect(result.stdout).toContain(`as ${home.path}/${place}/aim\n`)
  expect(await filesIn(join(home.path, place))).toEqual(["aim", "aimgr"])
})

test.each(["000", "077"])(
  "under umask %s anyone may run it and only its owner write it",
  async (mask) => {
    await using home = await tempHome()
    const from = await program(join(home.path, "in"), "aim", standIn("1.2.3"))
    await chmod(from, 0o600)
    const { code } = await runInstaller(["--from", from], {
      home: home.path,
      through: ["sh", "-c", `umask ${mask}; exec "$@"`, "sh"],
    })
    expect(code).toBe(0)
    for (const path of [".local/bin", ".local/bin/aim"])
      expect((await stat(join(home.path, path))).mode & 0o777).toBe(0o755)
  },
)

describe("a program that does not do takes nothing's place", () => {
  test.each([
    ["is empty", "", "does not answer --version"],
    ["says another name", "#!/bin/sh\necho bun 1.0\n", "does not answer --version"],
    ["fails", "#!/bin/sh\necho aim 1.0.0\necho no such library >&2\nexit 1\n", "does not start"],
    ["is of another machine", "\u007fELF\u0002\u0001\u0001 and no more", "does not start"],
  ])("one that %s", async (_name, text, message) => {
    await using home = await tempHome()
    const bin = join(home.path, ".local/bin")
    await program(bin, "aim", standIn("1.0.0"))
    const from = await program(join(home.path, "in"), "aim", text)
    const { code, stderr } = await runInstaller(["--from", from], { home: home.path })
    expect(stderr).toContain(message)
    expect(code).toBe(1)
    expect(await says(join(bin, "aim"), home.path)).toBe("aim 1.0.0")
    expect(await filesIn(bin)).toEqual(["aim"])
  })

  test("one that is not there", async () => {
    await using home = await tempHome()
    const { code, stderr } = await runInstaller(["--from", "nowhere"], { home: home.path })
    expect(stderr).toStartWith("error: there is no file nowhere\n")
    expect(code).toBe(1)
  })
})

describe("a folder that can't be written", () => {
  test("below a file", async () => {
    await using home = await tempHome()
    const from = await program(join(home.path, "in"), "aim", standIn("1.2.3"))
    await writeFile(join(home.path, "file"), "")
    const dir = join(home.path, "file/bin")
    const { code, stderr } = await runInstaller(["--from", from, "--dir", dir], {
      home: home.path,
    })
    expect(stderr).toContain(`error: could not write in ${dir}`)
    expect(code).toBe(1)
  })

  test("without the right to it", async () => {
    await using home = await tempHome()
    await chmod(home.path, 0o755)
    const from = await program(join(home.path, "in"), "aim", standIn("1.2.3"))
    const dir = join(home.path, "bin")
    await mkdir(dir, { mode: 0o555 })
    // Root may write anywhere: it becomes nobody.
    const nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    const { code, stderr } = await runInstaller(["--from", from, "--dir", dir], {
      home: home.path,
      through: process.getuid?.() === 0 ? nobody : [],
      cwd: "/",
    })
    expect(stderr).toContain(`error: could not write in ${dir}`)
    expect(code).toBe(1)
    expect(await filesIn(dir)).toEqual([])
  })
})
