import { describe, expect, test } from "bun:test"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { tempHome } from "../e2e/support/temp-home.ts"
import { machine, program, standIn } from "./support/fakes.ts"
import { filesIn, runInstaller, SHELLS } from "./support/installer.ts"

describe.each(SHELLS)("install.sh in %s", (shell) => {
  test.each([
    [["--bogus"], "unknown option `--bogus`"],
    [["boss"], "unknown option `boss`"],
    [["--from-source", "--sudo"], "unknown option `--sudo`"],
    [[], "nothing to install from"],
    [["--from"], "`--from` needs a value"],
    [["--from="], "`--from` needs a value"],
    [["--from", "a", "--from-source"], "more than one thing to install from"],
    [["--version", "1.0.0", "--from=a"], "more than one thing to install from"],
    [["--uninstall", "--from", "a"], "--uninstall installs nothing"],
    [["--version", "../1.0"], "`../1.0` is no version"],
    [["--version", "1.0.0"], "nobody said where releases lie"],
    [["--from-source", "--dir", "a:b"], "no PATH can hold"],
  ])("%j is wrong usage", async (args, message) => {
    await using home = await tempHome()
    const { code, stdout, stderr } = await runInstaller(args, { home: home.path, shell })
    expect(stderr).toStartWith(`error: ${message}`)
    expect(stderr).toContain("\n\nhint: ")
    expect(code).toBe(2)
    expect(stdout).toBe("")
    expect(await filesIn(home.path)).toEqual([])
  })

  test.each(["--help", "-h"])("%s shows every option and does nothing", async (flag) => {
    await using home = await tempHome()
    const { code, stdout, stderr } = await runInstaller([flag], { home: home.path, shell })
    for (const word of ["--from-source", "--from ", "--version", "--dir", "--uninstall"])
      expect(stdout).toContain(word)
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" })
    expect(await filesIn(home.path)).toEqual([])
  })

  test("--dry-run writes nothing and says what would be done", async () => {
    await using home = await tempHome()
    const from = await program(join(home.path, "in"), "aim", standIn("1.2.3"))
    const result = await runInstaller(["--dry-run", `--from=${from}`], { home: home.path, shell })
    expect(result).toMatchObject({ code: 0, stderr: "" })
    expect(result.stdout).toContain(`would take ${from}`)
    expect(result.stdout).toContain(`would install ${home.path}/.local/bin/aim`)
    expect(await filesIn(home.path)).toEqual(["in", "in/aim"])
  })
})

describe("the machine", () => {
  const musl = "musl libc (x86_64)"
  test.each([
    [{}, "aim-linux-x64.tar.gz"],
    [{ cpu: "amd64", ldd: "ldd (Debian GLIBC 2.36-9) 2.36" }, "aim-linux-x64.tar.gz"],
    [{ cpu: "aarch64" }, "aim-linux-arm64.tar.gz"],
    [{ ldd: musl }, "aim-linux-x64-musl.tar.gz"],
    [{ cpu: "aarch64", ldd: musl }, "aim-linux-arm64-musl.tar.gz"],
    [{ os: "Darwin", cpu: "arm64" }, "aim-macos-arm64.tar.gz"],
    [{ os: "Darwin" }, "aim-macos-x64.tar.gz"],
    [{ os: "Darwin", translated: true }, "aim-macos-arm64.tar.gz"],
  ])("%j takes %s", async (told, archive) => {
    await using home = await tempHome()
    const tools = await machine(join(home.path, "tools"), told)
    const { code, stdout } = await runInstaller(["--version", "1.2.3", "--dry-run"], {
      home: home.path,
      env: { PATH: `${tools}:${process.env.PATH}`, AIM_DOWNLOAD_URL: "https://host.invalid/aim" },
    })
    expect(stdout).toContain(`would get ${archive} from https://host.invalid/aim`)
    expect(stdout.includes("libstdc++")).toBe(archive.includes("musl"))
    expect(code).toBe(0)
  })

  test.each([
    [{ os: "FreeBSD" }, "does not run on FreeBSD"],
    [{ os: "MINGW64_NT-10.0" }, "does not run on MINGW64_NT-10.0"],
    [{ cpu: "armv7l" }, "does not run on a armv7l processor"],
    [{ cpu: "riscv64" }, "does not run on a riscv64 processor"],
    [{ cpu: "aarch64", bits: 32 }, "32-bit system"],
  ])("%j is refused by its name", async (told, message) => {
    await using home = await tempHome()
    const tools = await machine(join(home.path, "tools"), told)
    const from = await program(join(home.path, "in"), "aim", standIn("1.2.3"))
    const { code, stderr } = await runInstaller(["--from", from], {
      home: home.path,
      env: { PATH: `${tools}:${process.env.PATH}` },
    })
    expect(stderr).toContain(message)
    expect(code).toBe(1)
    expect(await filesIn(join(home.path, ".local"))).toEqual([])
  })
})

describe("what is not aim's stays", () => {
  test("another program called aim is neither replaced nor removed", async () => {
    await using home = await tempHome()
    const bin = join(home.path, ".local/bin")
    const from = await program(join(home.path, "in"), "aim", standIn("1.2.3"))
    const other = '#!/bin/sh\necho "aim, version 3.1"\n'
    await program(bin, "aim", other)
    for (const args of [["--from", from], ["--uninstall"]]) {
      const { code, stderr } = await runInstaller(args, { home: home.path })
      expect(stderr).toStartWith(`error: ${bin}/aim is not this program`)
      expect(code).toBe(1)
    }
    expect(await readFile(join(bin, "aim"), "utf8")).toBe(other)
    expect(await filesIn(bin)).toEqual(["aim"])
  })

  test("nor is a folder of that name", async () => {
    await using home = await tempHome()
    const from = await program(join(home.path, "in"), "aim", standIn("1.2.3"))
    await mkdir(join(home.path, "bin/aim"), { recursive: true })
    const { code, stderr } = await runInstaller(["--from", from, "--dir", "bin"], {
      home: home.path,
    })
    expect(stderr).toContain(`${home.path}/bin/aim is not this program`)
    expect(code).toBe(1)
    expect(await filesIn(join(home.path, "bin"))).toEqual(["aim"])
  })

  test("another aimgr stays, and is named", async () => {
    await using home = await tempHome()
    const bin = join(home.path, ".local/bin")
    const from = await program(join(home.path, "in"), "aim", standIn("1.2.3"))
    await mkdir(bin, { recursive: true })
    await writeFile(join(bin, "aimgr"), "theirs")
    const { code, stderr } = await runInstaller(["--from", from], { home: home.path })
    expect(stderr).toContain(`warning: ${bin}/aimgr is another program; it stays as it is`)
    expect(code).toBe(0)
    await runInstaller(["--uninstall"], { home: home.path })
    expect(await readFile(join(bin, "aimgr"), "utf8")).toBe("theirs")
    expect(await filesIn(bin)).toEqual(["aimgr"])
  })
})
