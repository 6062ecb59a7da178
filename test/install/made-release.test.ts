import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { mkdir, readFile, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { type TempHome, tempHome } from "../e2e/support/temp-home.ts"
import { kindOf } from "./support/binary-kind.ts"
import { sha256 } from "./support/fake-release.ts"
import { filesIn, ROOT, runInstaller } from "./support/installer.ts"
import { HERE, type Manifest, makeRelease, unpacked } from "./support/made-release.ts"

const ELSEWHERE = "macos-arm64"
const url = "https://host.invalid/releases/download/v{version}"

let world: TempHome
let dir: string
let version: string
let made: Awaited<ReturnType<typeof makeRelease>>
beforeAll(async () => {
  world = await tempHome()
  dir = join(world.path, "dist folder/release")
  version = (await Bun.file(join(ROOT, "package.json")).json()).version
  made = await makeRelease(dir, [HERE, ELSEWHERE], { AIM_RELEASE_URL: url })
}, 300_000)
afterAll(() => world[Symbol.asyncDispose]())

describe("a release", () => {
  test("is made", () => expect(made).toMatchObject({ code: 0, stderr: "" }))

  test("holds an archive a target, the installer, checksums and a manifest", async () => {
    expect(await filesIn(dir)).toEqual(
      [
        ...[HERE, ELSEWHERE].map((name) => `aim-${name}.tar.gz`),
        ...["SHA256SUMS", "install.sh", "manifest.json"],
      ].sort(),
    )
    const child = Bun.spawn(["sha256sum", "--check", "--strict", "SHA256SUMS"], { cwd: dir })
    expect(await child.exited).toBe(0)
    const sums = (await readFile(join(dir, "SHA256SUMS"), "utf8")).trim().split("\n")
    expect(sums.length).toBe(4)
  })

  test("tells in its manifest what each file is", async () => {
    const manifest: Manifest = await Bun.file(join(dir, "manifest.json")).json()
    expect(manifest).toMatchObject({ schemaVersion: 1, name: "aim", version })
    expect(manifest.commit).toMatch(/^[0-9a-f]{40}$/)
    expect(manifest.files.map(({ name, os, cpu }) => [name, os, cpu])).toContainEqual([
      `aim-${ELSEWHERE}.tar.gz`,
      ...ELSEWHERE.split("-"),
    ])
    for (const { name, size, sha256: sum } of manifest.files) {
      const bytes = await readFile(join(dir, name))
      expect([name, bytes.length, sha256(bytes)]).toEqual([name, size, sum])
    }
  })

  test.each([HERE, ELSEWHERE])("its archive for %s holds aim for that machine", async (name) => {
    const into = join(world.path, name)
    await mkdir(into)
    const folder = await unpacked(join(dir, `aim-${name}.tar.gz`), into)
    expect(await filesIn(folder)).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "aim"])
    expect(await kindOf(join(folder, "aim"))).toBe(name)
    expect((await stat(join(folder, "aim"))).mode & 0o777).toBe(0o755)
    const manifest: Manifest = await Bun.file(join(dir, "manifest.json")).json()
    const entry = manifest.files.find((file) => file.name === `aim-${name}.tar.gz`)
    const binary = await readFile(join(folder, "aim"))
    expect(entry?.binary).toEqual({ size: binary.length, sha256: sha256(binary) })
    // Nothing of the machine that built it: neither its folders nor its user.
    expect(binary.includes(ROOT.replace(/\/$/, ""))).toBe(false)
  })

  test("is what install.sh installs, and runs", async () => {
    await using home = await tempHome()
    const env = { AIM_DOWNLOAD_URL: dir }
    const result = await runInstaller(["--version", version], { home: home.path, env })
    expect(result).toMatchObject({ code: 0, stderr: "" })
    const bin = join(home.path, ".local/bin")
    expect(await filesIn(bin)).toEqual(["aim", "aimgr"])
    const child = Bun.spawn([join(bin, "aim"), "status", "--json"], {
      env: { HOME: home.path, PATH: process.env.PATH ?? "" },
    })
    expect(JSON.parse(await child.stdout.text())).toHaveProperty("schemaVersion")
    expect(await child.exited).toBe(0)
  })

  test("its own install.sh asks for that version where it will lie, and nothing else differs", async () => {
    await using home = await tempHome()
    const own = await readFile(join(dir, "install.sh"), "utf8")
    expect((await stat(join(dir, "install.sh"))).mode & 0o777).toBe(0o755)
    const dry = await runInstaller(["--dry-run"], { home: home.path, piped: own })
    expect(dry).toMatchObject({ code: 0, stderr: "" })
    expect(dry.stdout).toContain(
      `would get aim-${HERE}.tar.gz from https://host.invalid/releases/download/v${version}`,
    )
    const filled = own
      .replace(`release_url='${url}'`, "release_url=''")
      .replace(`release_version='${version}'`, "release_version=''")
    expect(filled).toBe(await readFile(join(ROOT, "install.sh"), "utf8"))
  })
})

describe("the release script", () => {
  test("keeps its hands off a folder that holds something else", async () => {
    const other = join(world.path, "other")
    await mkdir(other)
    await writeFile(join(other, "thesis.txt"), "")
    const { code, stderr } = await makeRelease(other, [HERE])
    expect(stderr).toContain(`${other} holds something else than a release`)
    expect(code).toBe(1)
    expect(await filesIn(other)).toEqual(["thesis.txt"])
  })

  test("knows its targets by name", async () => {
    const { code, stderr } = await makeRelease(join(world.path, "none"), ["windows-x64"])
    expect(stderr).toContain("no target is called windows-x64; there are linux-x64, linux-arm64")
    expect(code).toBe(1)
  })

  test("fills in no address that a shell would read as more than one", async () => {
    const env = { AIM_RELEASE_URL: "https://host.invalid/'; date; '" }
    const { code, stderr } = await makeRelease(join(world.path, "none"), [HERE], env)
    expect(stderr).toContain("AIM_RELEASE_URL is no https address")
    expect(code).toBe(1)
  })
})
