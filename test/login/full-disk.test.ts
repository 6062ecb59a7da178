import { expect, test } from "bun:test"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { binaryPath, cleanEnv } from "../e2e/support/run-aim.ts"
import { setStage } from "../e2e/support/stage.ts"
import { leftovers, newestToken, placesOf, tornFiles } from "../e2e/support/token-places.ts"
import { openWorld, type World } from "../support/world.ts"

/** No file may grow beyond this many bytes from the moment on when the person logs in. */
const SIZES: [number, string, boolean][] = [
  [0, "lock_unusable", false],
  [512, "inflight_unwritable", false],
  [32_768, "inflight_unwritable", false],
  // Room for the reply, none for the vault.
  [65_536, "state_unwritable", true],
  [100_000, "state_unwritable", true],
]
const PADDING = "x".repeat(120_000)

/** A login by device code during which the disk fills up: the signal of the limit is ignored. */
async function loginOnFullDisk(world: World, bytes: number) {
  const words = ["login", "boss", "--device-code", "--json"]
  const script = `trap '' XFSZ; exec "$0" "$@"`
  const child = Bun.spawn(["sh", "-c", script, binaryPath("release"), ...words], {
    env: { ...cleanEnv(world.home), ...world.env },
    cwd: world.home,
    stdin: "ignore",
    stderr: "pipe",
  })
  let stderr = ""
  for await (const chunk of child.stderr) {
    stderr += Buffer.from(chunk).toString()
    const userCode = /SIM-\w+/.exec(stderr)?.[0]
    if (userCode === undefined || !stderr.includes("Waiting")) continue
    const limited = Bun.spawnSync(["prlimit", `--pid=${child.pid}`, `--fsize=${bytes}`])
    expect(limited.exitCode).toBe(0)
    world.sim.allowDevice(userCode, "boss")
    break
  }
  const stdout = await child.stdout.text()
  return { code: await child.exited, stdout, error: JSON.parse(stdout).error }
}

test("a disk that fills up during a login costs no login, old or new", async () => {
  await using world = await openWorld([{ name: "boss" }])
  await world.label("boss")
  const path = join(world.home, ".aimgr/secrets.json")
  const state = { ...JSON.parse(await readFile(path, "utf8")), padding: PADDING }
  await writeFile(path, JSON.stringify(state))
  world.sim.revoke("boss")
  await world.aim("refresh boss --force")
  await using stage = await setStage(world)
  for (const [bytes, expected, exchanged] of SIZES) {
    await stage.reset()
    const before = JSON.stringify((await world.vault()).credentials)
    const { code, error, stdout } = await loginOnFullDisk(world, bytes)
    const where = `files of ${bytes} bytes: ${stdout}`
    expect([code, error.code], where).toEqual([1, expected])
    expect(error.hint, where).toContain("disk")
    expect(await tornFiles(world), where).toEqual([])
    expect(JSON.stringify((await world.vault()).credentials), where).toBe(before)
    const posts = stage.log().filter(({ kind }) => kind === "token_code")
    expect(posts, where).toHaveLength(exchanged ? 1 : 0)
    const given = newestToken(world, "boss")
    if (exchanged) expect(await placesOf(world, String(given)), where).not.toEqual([])

    world.sim.typeDevices("boss")
    const again = await world.json<{ how: string }>("login boss --device-code")
    world.sim.typeDevices(null)
    // What was kept is taken up: nobody has to log in again.
    expect(again.how, where).toBe(exchanged ? "refreshed" : "logged_in")
    expect(await leftovers(world), where).toEqual([])
  }
})
