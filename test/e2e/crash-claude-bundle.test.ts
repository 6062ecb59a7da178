import { expect, test } from "bun:test"
import { mkdir, readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { claudePaths, writeClaudeBundle, writeClaudeHome } from "../support/claude-fixtures.ts"
import { openWorld, type World } from "../support/world.ts"
import { recordSteps, runWithFaults } from "./support/fault-run.ts"
import { binaryPath, cleanEnv } from "./support/run-aim.ts"
import { setStage } from "./support/stage.ts"
import { leftovers, tornFiles } from "./support/token-places.ts"

/** Kills the command at each step that can leave something of its own; `check` looks at what is left, and runs it again. */
async function killEach(
  world: World,
  command: string,
  check: (where: string) => Promise<void>,
): Promise<number> {
  await using stage = await setStage(world)
  const { points, telling } = await recordSteps(world, stage.record, `${command} --json`)
  for (const at of [...telling, points.length + 1]) {
    await stage.reset()
    const run = await runWithFaults(world, stage.record, `${command} --json`, at)
    const last = run.points.at(-1)
    const where = `killed at ${at}: ${last?.step} ${last?.place}`
    expect(run.killed, where).toBe(at <= points.length)
    if (!run.killed) expect(run.result.code, run.result.stdout).toBe(0)
    expect(await tornFiles(world), where).toEqual([])
    await check(where)
    expect(await leftovers(world), where).toEqual([])
  }
  return telling.length
}

test("an import, killed at every step: the next one ends with the login stored, once", async () => {
  await using world = await openWorld([], { claudeAccounts: [{ name: "boss" }] })
  const login = world.sim.claude.mintLogin("boss")
  await writeClaudeBundle(join(world.home, "b.json"), world.sim.claude.files(login))
  await world.json("account list")
  const file = await readFile(join(world.home, "b.json"), "utf8")
  const command = "claude import-native boss --in b.json"
  const kills = await killEach(world, command, async (where) => {
    const { adoption } = await world.json<{ adoption: string }>(command)
    expect(["adopted", "same"], where).toContain(adoption)
    const { credentials, quarantine } = await world.vault()
    expect(credentials.anthropic?.boss?.refresh, where).toBe(login.refreshToken)
    expect(quarantine ?? [], where).toEqual([])
    expect(await readFile(join(world.home, "b.json"), "utf8"), where).toBe(file)
  })
  expect(kills).toBeGreaterThanOrEqual(5)
}, 600_000)

test("an export, killed at every step: the old file or the new one, and no other trace", async () => {
  await using world = await openWorld([], { claudeAccounts: [{ name: "boss" }] })
  await world.claudeHome("boss")
  await mkdir(join(world.home, "out"))
  const path = join(world.home, "out/b.json")
  const command = "claude export-live --out out/b.json"
  await world.json(command)
  const old = JSON.parse(await readFile(path, "utf8"))
  await world.claudeHome("boss")
  const live = await readFile(claudePaths(world.home).credentials, "utf8")
  const { claudeAiOauth } = JSON.parse(live)
  const kills = await killEach(world, command, async (where) => {
    const left = JSON.parse(await readFile(path, "utf8")).nativeClaudeBundle.claudeAiOauth
    expect([old.nativeClaudeBundle.claudeAiOauth, claudeAiOauth], where).toContainEqual(left)
    await world.json(command)
    const { nativeClaudeBundle } = JSON.parse(await readFile(path, "utf8"))
    expect(nativeClaudeBundle.claudeAiOauth, where).toEqual(claudeAiOauth)
    expect(await readdir(join(world.home, "out")), where).toEqual(["b.json"])
    expect(await readFile(claudePaths(world.home).credentials, "utf8"), where).toBe(live)
  })
  expect(kills).toBeGreaterThanOrEqual(4)
}, 600_000)

test("an export onto a full disk leaves the old file, and says so", async () => {
  await using world = await openWorld([], { claudeAccounts: [{ name: "boss" }] })
  const { claudeAiOauth, oauthAccount } = world.sim.claude.files(world.sim.claude.mintLogin("boss"))
  // Larger than the lock's own file, so that each can fail without the other.
  const padding = "x".repeat(40_000)
  const padded = { ...oauthAccount, padding }
  await writeClaudeHome(world.home, { claudeAiOauth, oauthAccount: padded })
  await mkdir(join(world.home, "out"))
  await world.json("claude export-live --out out/b.json")
  const old = await readFile(join(world.home, "out/b.json"), "utf8")
  for (const [blocks, file] of [
    [0, "export-"],
    [32, "b.json"],
    [64, "b.json"],
  ] as const) {
    const script = `trap '' XFSZ; ulimit -f ${blocks}; exec "$0" "$@"`
    const words = ["claude", "export-live", "--out", "out/b.json", "--json"]
    const child = Bun.spawn(["sh", "-c", script, binaryPath("release"), ...words], {
      env: { ...cleanEnv(world.home), ...world.env },
      cwd: world.home,
      stdin: "ignore",
      stderr: "ignore",
    })
    const said = JSON.parse(await child.stdout.text())
    expect([blocks, await child.exited]).toEqual([blocks, 1])
    expect(said.error, `${blocks} blocks`).toMatchObject({
      code: file === "b.json" ? "export_unwritable" : "lock_unusable",
      message: expect.stringContaining(file),
      hint: expect.stringContaining("disk"),
    })
    expect(await readFile(join(world.home, "out/b.json"), "utf8")).toBe(old)
    expect(await readdir(join(world.home, "out"))).toEqual(["b.json"])
  }
})
