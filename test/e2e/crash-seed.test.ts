import { expect, test } from "bun:test"
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { tempFolder } from "../support/temp-folder.ts"
import { openWorld, type World } from "../support/world.ts"
import { runWithFaults } from "./support/fault-run.ts"
import { pictureOf } from "./support/home-picture.ts"
import { binaryPath, cleanEnv } from "./support/run-aim.ts"
import { setStage } from "./support/stage.ts"

const COMMAND = "browser set boss --mode aim-profile --seed-from-openclaw main"
const COPIED = [
  "Default",
  "Default/Cookies",
  "Default/Local Storage",
  "Default/Local Storage/000003.log",
  "Local State",
  "aim-seeded-from",
]

/** OpenClaw's profile `main`, as a running browser has it, in a folder outside the home. */
async function openSeedWorld(): Promise<World & { profile: string }> {
  const openclaw = tempFolder("openclaw")
  const dir = join(openclaw, "browser/main/user-data")
  mkdirSync(join(dir, "Default/Local Storage"), { recursive: true })
  writeFileSync(join(dir, "Default/Cookies"), "c".repeat(200_000))
  writeFileSync(join(dir, "Default/Local Storage/000003.log"), "log")
  writeFileSync(join(dir, "Default/Local Storage/LOCK"), "")
  writeFileSync(join(dir, "Local State"), "{}")
  symlinkSync("host-1", join(dir, "SingletonLock"))
  symlinkSync("123", join(dir, "SingletonCookie"))
  Bun.listen({ unix: join(dir, "SingletonSocket"), socket: { data() {} } }).unref()
  const world = await openWorld([])
  world.env.OPENCLAW_STATE_DIR = openclaw
  return { ...world, profile: join(world.home, ".aimgr/browser/boss/user-data") }
}

const inside = (dir: string) => (readdirSync(dir, { recursive: true }) as string[]).sort()

/** The profile is whole, marked as a copy, and nothing else is beside it. */
async function expectWhole(world: World & { profile: string }, where: string): Promise<void> {
  expect(inside(world.profile), where).toEqual(COPIED)
  expect(await Bun.file(join(world.profile, "Default/Cookies")).text(), where).toHaveLength(200_000)
  expect(readdirSync(join(world.profile, "..")), where).toEqual(["user-data"])
  expect((await world.vault()).accounts.boss?.browser, where).toMatchObject({
    mode: "aim-profile",
    seededFromOpenclawProfileId: "main",
    seededAt: expect.any(String),
  })
}

test("a seed that is killed at any step is never half a profile, and the next run completes it", async () => {
  await using world = await openSeedWorld()
  await using stage = await setStage(world)
  const { points } = await runWithFaults(world, stage.record, COMMAND)
  await expectWhole(world, "undisturbed")
  expect(points.filter(({ step }) => step === "copy:entry")).toHaveLength(6)
  for (let kill = 1; kill <= points.length; kill++) {
    await stage.reset()
    const { killed, points: until } = await runWithFaults(world, stage.record, COMMAND, kill)
    const where = `killed at ${kill}: ${until.at(-1)?.step}`
    expect(killed, where).toBe(true)
    if (existsSync(world.profile)) expect(inside(world.profile), where).toEqual(COPIED)
    await world.json(COMMAND)
    await expectWhole(world, where)
  }
  console.log(`seed: ${points.length} kills`)
}, 600_000)

test("what a killed seed left goes, also when the label gets an empty profile instead", async () => {
  await using world = await openSeedWorld()
  await using stage = await setStage(world)
  const { points } = await runWithFaults(world, stage.record, COMMAND)
  const filled = points.findIndex(({ step }) => step === "copy:filled") + 1
  await stage.reset()
  await runWithFaults(world, stage.record, COMMAND, filled)
  expect(readdirSync(join(world.profile, ".."))).toEqual(["user-data.aim-tmp-copy"])
  await world.json("browser set boss --mode aim-profile")
  expect(readdirSync(join(world.profile, ".."))).toEqual(["user-data"])
  expect(inside(world.profile)).toEqual([])
  expect((await world.vault()).accounts.boss?.browser).toEqual({ mode: "aim-profile" })
})

test("a profile that is there stays, and the binding does not say that it is a copy", async () => {
  await using world = await openSeedWorld()
  await world.json("browser set boss --mode aim-profile")
  writeFileSync(join(world.profile, "mine"), "")
  const { browser } = await world.json<{
    browser: { updated: { seeded: boolean; warnings: { kind: string }[] } }
  }>(COMMAND)
  expect(browser.updated).toMatchObject({ seeded: false, warnings: [{ kind: "profile_there" }] })
  expect(inside(world.profile)).toEqual(["mine"])
  expect((await world.vault()).accounts.boss?.browser).toEqual({ mode: "aim-profile" })
})

test("two seeds at once make one whole copy", async () => {
  await using world = await openSeedWorld()
  const runs = await Promise.all([1, 2, 3].map(() => world.json<Set>(COMMAND)))
  expect(runs.filter(({ browser }) => browser.updated.seeded)).toHaveLength(1)
  await expectWhole(world, "at once")
})

test("a disk that fills up keeps nothing of the copy, and says so", async () => {
  await using world = await openSeedWorld()
  const before = await pictureOf(world.home)
  for (const blocks of [100, 300]) {
    const script = `trap '' XFSZ; ulimit -f ${blocks}; exec "$0" "$@"`
    const words = [binaryPath("release"), ...COMMAND.split(" "), "--json"]
    const child = Bun.spawn(["sh", "-c", script, ...words], {
      env: { ...cleanEnv(world.home), ...world.env },
      cwd: world.home,
      stderr: "pipe",
    })
    const { error } = JSON.parse(await child.stdout.text())
    expect([await child.exited, error]).toEqual([
      1,
      {
        code: "profile_unwritable",
        message: expect.stringMatching(/copied to .*\((EFBIG|ENOSPC)\); nothing of it was kept/),
        hint: expect.stringContaining("disk has room"),
      },
    ])
    expect(existsSync(join(world.home, ".aimgr/browser/boss/user-data"))).toBe(false)
    const left = [...(await pictureOf(world.home)).keys()].filter((path) => !before.has(path))
    expect(left.filter((path) => path.includes("aim-tmp"))).toEqual([])
  }
  await world.json(COMMAND)
  await expectWhole(world, "with room")
})

type Set = { browser: { updated: { seeded: boolean } } }
