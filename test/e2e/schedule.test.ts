import { describe, expect, test } from "bun:test"
import { readdir } from "node:fs/promises"
import { join } from "node:path"
import type { Installed } from "../../src/operations/schedule-install.ts"
import type { Scheduled } from "../../src/operations/schedule-status.ts"
import { type FakeManagers, fakeManagers } from "../support/schedule/fake-managers.ts"
import { commandOf } from "../support/schedule/unit-parser.ts"
import { openWorld, type World } from "../support/world.ts"
import { binaryPath } from "./support/run-aim.ts"

type Scheduling = { world: World; managers: FakeManagers; units: string; env: { PATH: string } }

/** A pool of two in a home, and stand-ins for its managers, which run what a unit says. */
async function scheduling(): Promise<Scheduling & AsyncDisposable> {
  const world = await openWorld([{ name: "boss" }, { name: "qa" }])
  for (const name of ["boss", "qa"]) await world.label(name)
  await world.json("codex use")
  const units = join(world.home, ".config", "systemd", "user")
  const managers = await fakeManagers({ user: units, system: "/nowhere" })
  const env = { PATH: managers.path }
  return { world, managers, units, env, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() }
}

describe("aim schedule", () => {
  test("install starts the watch and shows the receipt of its first look", async () => {
    await using at = await scheduling()
    const installed = await at.world.json<Installed>("schedule install codex --user", 0, at)
    const { firstTick, ...rest } = installed
    expect(rest).toMatchObject({
      ...{ ok: true, status: "applied", scope: "user", everySeconds: 300 },
      ...{ program: binaryPath("release"), log: "journalctl --user -u aim-watch-codex" },
    })
    expect(firstTick).toMatchObject({ ok: true, receipt: { status: "noop" } })
    expect(firstTick?.receipt?.receipt).toMatchObject({
      ...{ action: "codex_watch", intervalSeconds: 300, thresholdPct: 20 },
    })
    const again = await at.world.json<Installed>("schedule install codex", 0, at)
    expect(again).toMatchObject({ status: "noop", firstTick: null })
  })

  test("a tick in the unit's own environment alone does what the shell's does", async () => {
    await using at = await scheduling()
    const text = await at.world.json<Installed>("schedule install codex --print --user", 0, at)
    const { argv, env, cwd } = commandOf(text.files[0]?.text ?? "")
    const receipts = [1, 2].map(() => {
      const { stdout, exitCode } = Bun.spawnSync([...argv, "--json"], { env, cwd })
      expect(exitCode).toBe(0)
      return JSON.parse(stdout.toString()).watched.receipt
    })
    const [first, second] = receipts.map(({ observedAt: _at, decision, ...receipt }) => ({
      ...receipt,
      reason: decision.reason,
    }))
    expect(first).toEqual(second)
    expect(first.status).toBe("noop")
    expect(await readdir(at.world.home)).not.toContain(".config")
  })

  test("a blocked first look is shown, and the watch stands", async () => {
    await using world = await openWorld([{ name: "boss" }])
    const units = join(world.home, ".config", "systemd", "user")
    const managers = await fakeManagers({ user: units, system: "/nowhere" })
    const env = { PATH: managers.path }
    const installed = await world.json<Installed>("schedule install codex --user", 0, { env })
    expect(installed).toMatchObject({ status: "applied", firstTick: { ok: false } })
    expect((await managers.state()).active).toEqual(["user/aim-watch-codex.timer"])
  })

  test("status shows the last receipt and changes nothing; remove leaves no file", async () => {
    await using at = await scheduling()
    await at.world.json("schedule install codex --user --every 90s", 0, at)
    await at.managers.calls()
    const { watches } = await at.world.json<{ watches: Scheduled[] }>("schedule status", 0, at)
    const [codex, ...others] = watches
    expect(codex).toMatchObject({
      ...{ target: "codex", installed: true, everySeconds: 90, programIsThis: true },
      ...{ stateIsThis: true, lastReceipt: { status: "noop" } },
    })
    expect(others.every(({ installed }) => !installed)).toBe(true)
    expect(await at.managers.calls()).toEqual([])
    const text = (await at.world.aim("schedule status codex", at)).stdout
    expect(text).toMatch(/^Codex +every 90s, by your own manager\n {2}next look {2}in 3m\n/)
    expect(await at.world.json("schedule remove codex", 0, at)).toMatchObject({ status: "applied" })
    expect(await readdir(at.units)).toEqual([])
    expect(await at.world.json("schedule remove codex", 0, at)).toMatchObject({ status: "noop" })
  })

  test("what matters of the shell's environment is carried over, and no secret", async () => {
    await using at = await scheduling()
    const env = {
      ...at.env,
      CODEX_HOME: join(at.world.home, ".codex"),
      HTTPS_PROXY: "http://boss:hush@proxy.test:3128",
      NO_PROXY: "intranet.test",
      OPENAI_API_KEY: "sk-hush",
    }
    const printed = await at.world.json<Installed>("schedule install codex --print", 0, { env })
    const text = printed.files.map((file) => file.text).join("")
    expect(text).not.toContain("hush")
    const { env: carried } = commandOf(printed.files[0]?.text ?? "")
    expect(carried).toEqual({
      HOME: at.world.home,
      CODEX_HOME: join(at.world.home, ".codex"),
      ...at.world.env,
      NO_PROXY: "intranet.test",
    })
    expect(printed.warnings.map(({ kind }) => kind)).toContain("proxy_credentials_left_out")
  })

  test("another home and another state file are named in the unit", async () => {
    await using at = await scheduling()
    const state = join(at.world.home, "other state.json")
    const command = ["--home", at.world.home, "schedule", "install", "codex", "--print"]
    const env = { ...at.env, HOME: "/nowhere" }
    const child = Bun.spawnSync([binaryPath("release"), "--state", state, ...command], {
      env: { ...at.world.env, ...env },
    })
    const printed = JSON.parse(child.stdout.toString()) as Installed
    const { argv } = commandOf(printed.files[0]?.text ?? "")
    expect(argv.slice(-4)).toEqual(["--home", at.world.home, "--state", state])
  })

  test("the act leaves a receipt", async () => {
    await using at = await scheduling()
    await at.world.json("schedule install codex --user", 0, at)
    await at.world.json("schedule remove codex", 0, at)
    const { stdout } = await at.world.aim("history --json --target codex")
    expect(stdout).toContain('"schedule_install"')
    expect(stdout).toContain('"schedule_remove"')
  })

  test.each([
    ["schedule install hermes", "unknown_target"],
    ["schedule install codex --user --system", "conflicting_flags"],
    ["schedule install codex --every 59s", "invalid_value"],
    ["schedule install codex --every 25h", "invalid_value"],
    ["schedule install codex --threshold 101", "invalid_value"],
  ])("`aim %s` is wrong usage: %s", async (command, code) => {
    await using at = await scheduling()
    expect(await at.world.json(command, 2, at)).toMatchObject({ error: { code } })
    expect(await at.managers.calls()).toEqual([])
  })
})
