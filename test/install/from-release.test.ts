import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { rename, rm, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { type TempHome, tempHome } from "../e2e/support/temp-home.ts"
import { ARCHIVE, type FakeRelease, fakeRelease, sha256 } from "./support/fake-release.ts"
import { COMMON_TOOLS, machine, program, standIn, toolsOnly } from "./support/fakes.ts"
import {
  filesIn,
  type InstallerOptions,
  runInstaller,
  SCRIPT,
  SHELLS,
} from "./support/installer.ts"

let world: TempHome
let release: FakeRelease
let tools: string
beforeAll(async () => {
  world = await tempHome()
  release = await fakeRelease(join(world.path, "the release 9.9.9"))
  tools = await machine(join(world.path, "tools"), {})
})
afterAll(() => world[Symbol.asyncDispose]())

/** Runs `install.sh --version 9.9.9` against a folder, on a machine for which it has an archive. */
function install(url: string, options: InstallerOptions & { args?: string[] }) {
  return runInstaller(options.args ?? ["--version", "9.9.9"], {
    ...options,
    env: { PATH: `${tools}:${process.env.PATH}`, AIM_DOWNLOAD_URL: url, ...options.env },
  })
}

describe.each(SHELLS)("from a local folder in %s", (shell) => {
  test.each([
    ["its path", () => release.dir],
    ["its path with a slash", () => `${release.dir}/`],
    ["file:// with spaces as they are", () => `file://${release.dir}`],
    ["file:// with spaces encoded", () => `file://${release.dir.replaceAll(" ", "%20")}`],
    ["a path with the version's place", () => `${world.path}/the release {version}`],
  ])("given as %s", async (_name, url) => {
    await using home = await tempHome()
    const result = await install(url(), { home: home.path, shell })
    expect(result).toMatchObject({ code: 0, stderr: "" })
    expect(result.stdout).toContain(`installed aim 9.9.9 as ${home.path}/.local/bin/aim`)
    expect(await filesIn(join(home.path, ".local/bin"))).toEqual(["aim", "aimgr"])
  })

  test("given from where one stands, and as v9.9.9", async () => {
    await using home = await tempHome()
    await rename(release.dir, join(world.path, "moved"))
    const args = ["--version=v9.9.9"]
    const result = await install("./moved", { home: home.path, shell, cwd: world.path, args })
    await rename(join(world.path, "moved"), release.dir)
    expect(result).toMatchObject({ code: 0, stderr: "" })
  })
})

describe("a release that is not whole leaves the old aim and nothing else", () => {
  const archiveFile = (dir: string) => join(dir, ARCHIVE)
  const sumsFile = (dir: string) => join(dir, "SHA256SUMS")
  test.each<[string, string, (dir: string) => Promise<unknown>]>([
    [
      "its archive was cut short",
      "is not what SHA256SUMS says",
      (dir) => writeFile(archiveFile(dir), release.archive.slice(0, -20)),
    ],
    [
      "its archive is empty",
      "is not what SHA256SUMS says",
      (dir) => writeFile(archiveFile(dir), ""),
    ],
    [
      "one byte of it was changed",
      "is not what SHA256SUMS says",
      (dir) => writeFile(archiveFile(dir), release.archive.with(40, 1)),
    ],
    ["its archive is missing", `could not get`, (dir) => rm(archiveFile(dir))],
    ["it has no checksums", "could not get", (dir) => rm(sumsFile(dir))],
    ["its checksums are empty", "does not say what", (dir) => writeFile(sumsFile(dir), "")],
    [
      "its checksums are of others only",
      "does not say what",
      (dir) => writeFile(sumsFile(dir), release.sums.replace("x64", "x64-musl")),
    ],
    [
      "the name stands there only as a part of another",
      "does not say what",
      (dir) => writeFile(sumsFile(dir), release.sums.replace(ARCHIVE, `${ARCHIVE}.old`)),
    ],
    [
      "its checksum is too short",
      "does not say what",
      (dir) => writeFile(sumsFile(dir), release.sums.slice(1)),
    ],
    [
      "its checksum is no number",
      "does not say what",
      (dir) => writeFile(sumsFile(dir), `${"*".repeat(64)}  ${ARCHIVE}\n`),
    ],
    [
      "it has two checksums for the archive",
      "does not say what",
      (dir) => writeFile(sumsFile(dir), `${release.sums}${"0".repeat(64)} *${ARCHIVE}\n`),
    ],
    [
      "its checksum is of an archive cut short",
      "did not unpack",
      async (dir) => {
        const cut = release.archive.slice(0, 60)
        await writeFile(archiveFile(dir), cut)
        await writeFile(sumsFile(dir), `${sha256(cut)}  ${ARCHIVE}\n`)
      },
    ],
    ["there is no aim in it", "did not unpack", (dir) => fakeRelease(dir, "x", "aim/readme")],
    [
      "its aim does not start",
      "does not start here",
      (dir) => fakeRelease(dir, "#!/bin/sh\nexit 127\n"),
    ],
    [
      "it is of another version",
      "holds aim 9.9.8, not aim 9.9.9",
      (dir) => fakeRelease(dir, standIn("9.9.8")),
    ],
  ])("%s", async (_name, message, damage) => {
    await using home = await tempHome()
    const { dir } = await fakeRelease(join(home.path, "release"))
    await damage(dir)
    const bin = join(home.path, ".local/bin")
    await program(bin, "aim", standIn("1.0.0"))
    const { code, stderr } = await install(dir, { home: home.path })
    expect(stderr).toContain(message)
    expect(stderr).toContain("\n\nhint: ")
    expect(code).toBe(1)
    expect(await filesIn(bin)).toEqual(["aim"])
    expect(await Bun.file(join(bin, "aim")).text()).toBe(standIn("1.0.0"))
  })

  test("on musl the way out is the library it needs", async () => {
    await using home = await tempHome()
    const { dir } = await fakeRelease(
      join(home.path, "release"),
      "#!/bin/sh\necho 'Error loading shared library libstdc++.so.6' >&2\nexit 127\n",
      "aim-linux-x64-musl/aim",
    )
    await rename(join(dir, ARCHIVE), join(dir, "aim-linux-x64-musl.tar.gz"))
    const sums = await Bun.file(join(dir, "SHA256SUMS")).text()
    await writeFile(join(dir, "SHA256SUMS"), sums.replace("x64", "x64-musl"))
    const musl = await machine(join(home.path, "tools"), { ldd: "musl libc (x86_64)" })
    const env = { PATH: `${musl}:${process.env.PATH}` }
    const { code, stderr } = await install(dir, { home: home.path, env })
    expect(stderr).toContain("Error loading shared library libstdc++.so.6")
    expect(stderr).toContain("hint: on musl it needs libstdc++: apk add libstdc++")
    expect(code).toBe(1)
    expect(await filesIn(join(home.path, ".local/bin"))).toEqual([])
  })
})

test("whoever packed the archive, the binary belongs to whoever installs it", async () => {
  await using home = await tempHome()
  const { dir } = await fakeRelease(join(home.path, "release"))
  await program(join(home.path, "aim-linux-x64"), "aim", standIn("9.9.9"))
  const tar = ["tar", "--owner=1234", "--group=1234", "-czf", join(dir, ARCHIVE), "aim-linux-x64"]
  expect(await Bun.spawn(tar, { cwd: home.path }).exited).toBe(0)
  const sum = sha256(await Bun.file(join(dir, ARCHIVE)).bytes())
  await writeFile(join(dir, "SHA256SUMS"), `${sum} *${ARCHIVE}\n`)
  expect(await install(dir, { home: home.path })).toMatchObject({ code: 0, stderr: "" })
  const { uid } = await stat(join(home.path, ".local/bin/aim"))
  expect(uid).toBe(process.getuid?.() ?? -1)
})

describe.each(SHELLS)("the copy of install.sh that a release brings, in %s", (shell) => {
  const filled = async () =>
    (await Bun.file(SCRIPT).text())
      .replace("release_url=''", `release_url='${release.dir}'`)
      .replace("release_version=''", "release_version='9.9.9'")

  test("installs that release when nothing else is asked for", async () => {
    await using home = await tempHome()
    const env = { PATH: `${tools}:${process.env.PATH}` }
    const result = await runInstaller([], { home: home.path, shell, piped: await filled(), env })
    expect(result).toMatchObject({ code: 0, stderr: "" })
    expect(result.stdout).toContain("installed aim 9.9.9")
  })

  test("does nothing when it was cut short right before the words that one gave", async () => {
    await using home = await tempHome()
    const env = { PATH: `${tools}:${process.env.PATH}` }
    const piped = (await filled()).replace(/ "\$@"\n$/, "")
    expect(piped).toEndWith("\nmain")
    const result = await runInstaller(["--dry-run"], { home: home.path, shell, piped, env })
    expect(result).toMatchObject({ code: 1, stdout: "" })
    expect(await filesIn(home.path)).toEqual([])
  })
})

describe("checksums are made", () => {
  test.each(["sha256sum", "shasum", "openssl"])("with %s alone", async (tool) => {
    await using home = await tempHome()
    const rest = await toolsOnly(join(home.path, "tools"), [...COMMON_TOOLS, tool])
    const env = { PATH: `${tools}:${rest}` }
    const result = await install(release.dir, { home: home.path, env, shell: "/bin/sh" })
    expect(result).toMatchObject({ code: 0, stderr: "" })
  })

  test("or nothing is installed", async () => {
    await using home = await tempHome()
    const env = { PATH: `${tools}:${await toolsOnly(join(home.path, "tools"), COMMON_TOOLS)}` }
    const { code, stderr } = await install(release.dir, { home: home.path, env, shell: "/bin/sh" })
    expect(stderr).toStartWith("error: no checksum can be made")
    expect(code).toBe(1)
    expect(await filesIn(join(home.path, ".local"))).toEqual([])
  })
})
