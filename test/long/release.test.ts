import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { mkdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { type TempHome, tempHome } from "../e2e/support/temp-home.ts"
import { kindOf } from "../install/support/binary-kind.ts"
import { filesIn } from "../install/support/installer.ts"
import { makeRelease, unpacked } from "../install/support/made-release.ts"

const TARGETS = [
  ...["linux-x64", "linux-arm64", "linux-x64-musl", "linux-arm64-musl"],
  ...["macos-arm64", "macos-x64"],
]

/** Where Debian's `libc6-arm64-cross` puts what a program for 64-bit ARM is linked with. */
const ARM_LIBRARIES = "/usr/aarch64-linux-gnu"

let world: TempHome
let dir: string
let sums: string
beforeAll(async () => {
  world = await tempHome()
  dir = join(world.path, "release")
  expect(await makeRelease(dir, [])).toMatchObject({ code: 0, stderr: "" })
  sums = await readFile(join(dir, "SHA256SUMS"), "utf8")
}, 600_000)
afterAll(() => world[Symbol.asyncDispose]())

describe("a whole release", () => {
  test("has all six targets", async () => {
    const archives = TARGETS.map((name) => `aim-${name}.tar.gz`)
    expect(await filesIn(dir)).toEqual(
      [...archives, "SHA256SUMS", "install.sh", "manifest.json"].sort(),
    )
    expect(sums.match(/ aim-.*$/gm)?.map((name) => name.trim())).toEqual(archives)
  })

  test.each(TARGETS)("the aim in aim-%s is for that machine", async (name) => {
    const into = join(world.path, name)
    await mkdir(into)
    expect(await kindOf(join(await unpacked(join(dir, `aim-${name}.tar.gz`), into), "aim"))).toBe(
      name,
    )
  })

  test("made again over itself is the same to the byte", async () => {
    expect((await makeRelease(dir, [])).code).toBe(0)
    expect(await readFile(join(dir, "SHA256SUMS"), "utf8")).toBe(sums)
  }, 600_000)

  // An emulator is a gift where there is one; the workflow tries the real machines.
  const emulated = [
    { program: "qemu-x86_64", flags: ["-cpu", "Nehalem"], name: "linux-x64" },
    { program: "qemu-aarch64", flags: ["-L", ARM_LIBRARIES], name: "linux-arm64" },
  ].filter(({ program }) => Bun.which(program) !== null)
  test.each(emulated)(
    "$name starts under $program",
    async ({ program, flags, name }) => {
      const aim = join(world.path, name, `aim-${name}`, "aim")
      const child = Bun.spawn([program, ...flags, aim, "--version"])
      expect(await child.stdout.text()).toMatch(/^aim \d/)
      expect(await child.exited).toBe(0)
    },
    120_000,
  )
})
