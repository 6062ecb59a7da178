import { describe, expect, test } from "bun:test"
import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { installSchedule } from "../../src/operations/schedule-install.ts"
import type { Machine } from "../../src/schedule/machine.ts"
import { AimError } from "../../src/system/errors.ts"
import { someone } from "../support/conversation.ts"
import { standInMachine, USUAL } from "../support/schedule/machine.ts"

async function problemOf(work: Promise<unknown>) {
  const error = await work.then(
    () => null,
    (thrown) => thrown,
  )
  if (!(error instanceof AimError)) throw new Error(`no problem: ${error}`)
  return error.problem
}

const BEGUN = [
  "systemctl --user daemon-reload",
  "systemctl --user enable aim-watch-codex.timer",
  "systemctl --user restart aim-watch-codex.timer",
  "systemctl --user start aim-watch-codex.service",
]

describe("a user's own watch", () => {
  test("is written, started, and ticks once", async () => {
    const world = await standInMachine()
    const installed = await world.install()
    expect(installed).toMatchObject({ status: "applied", scope: "user", firstTick: { ok: true } })
    expect(await world.managers.calls()).toEqual(BEGUN)
    const file = join(world.folders.user, "aim-watch-codex.service")
    expect((await stat(file)).mode & 0o777).toBe(0o644)
    expect((await world.managers.state()).active).toEqual(["user/aim-watch-codex.timer"])
  })

  test("that stands already is left alone", async () => {
    const world = await standInMachine()
    await world.install()
    await world.managers.calls()
    expect(await world.install()).toMatchObject({ status: "noop", firstTick: null })
    expect(await world.managers.calls()).toEqual([])
  })

  test("that was stopped by hand is started again, its files left alone", async () => {
    const world = await standInMachine()
    await world.install()
    await world.managers.set({ active: [] })
    await world.managers.calls()
    expect(await world.install()).toMatchObject({ status: "applied" })
    expect(await world.managers.calls()).toEqual(BEGUN)
  })

  test("with another span is written anew and started anew", async () => {
    const world = await standInMachine()
    await world.install()
    await world.managers.calls()
    expect(await world.install({ everySeconds: 90 })).toMatchObject({ status: "applied" })
    expect(await world.managers.calls()).toEqual(BEGUN)
    expect(await world.status()).toMatchObject({ everySeconds: 90 })
  })

  test("stands although its first tick is blocked", async () => {
    const world = await standInMachine()
    await world.managers.set({ tickCode: 1 })
    const installed = await world.install()
    expect(installed).toMatchObject({ status: "applied", firstTick: { ok: false, receipt: null } })
    expect((await world.managers.state()).enabled).toEqual(["user/aim-watch-codex.timer"])
  })

  test("says that it ends with the login where nothing lingers", async () => {
    const world = await standInMachine()
    await world.managers.set({ linger: "no" })
    const [warning] = (await world.install()).warnings.filter(
      ({ kind }) => kind === "ends_with_login",
    )
    expect(warning?.hint).toMatch(/^loginctl enable-linger \w+$/)
  })

  // A pipe stands for /dev/null, which root would lose, and the whole machine with it, to a mistake.
  test("is not written through a mask", async () => {
    const world = await standInMachine()
    await mkdir(world.folders.user)
    const pipe = join(world.root, "null")
    Bun.spawnSync(["mkfifo", pipe])
    await symlink(pipe, join(world.folders.user, "aim-watch-codex.timer"))
    expect(await problemOf(world.install())).toMatchObject({ code: "unit_unusable" })
    expect((await stat(pipe)).isFIFO()).toBe(true)
    expect(await world.managers.calls()).toEqual([])
  })
})

describe("what can't be written is said by its name", () => {
  test("where a folder on the way is none, and where a link leads nowhere", async () => {
    const world = await standInMachine()
    await mkdir(world.folders.user)
    const unit = join(world.folders.user, "aim-watch-codex.service")
    await symlink(join(world.root, "gone", "unit"), unit)
    expect(await problemOf(world.install())).toMatchObject({
      code: "unit_not_written",
      message: `${unit} can't be written (ENOENT)`,
    })
    await rm(world.folders.user, { recursive: true })
    await writeFile(world.folders.user, "")
    expect(await problemOf(world.install())).toMatchObject({
      code: "unit_not_written",
      message: `${unit} can't be written (EEXIST)`,
    })
  })
})

describe("nothing is touched", () => {
  test("by --print, which asks no manager either", async () => {
    const world = await standInMachine()
    await world.managers.set({ answers: { user: false, system: false } })
    const { status, files, commands } = await world.install({ print: true })
    expect(status).toBe("planned")
    expect(files.map(({ path }) => path)).toEqual([
      join(world.folders.user, "aim-watch-codex.service"),
      join(world.folders.user, "aim-watch-codex.timer"),
    ])
    expect(commands).toEqual(BEGUN.slice(0, 3))
    expect(await world.managers.calls()).toEqual([])
    expect(await readdir(world.home)).toEqual([])
  })

  test("where no manager answers", async () => {
    const world = await standInMachine()
    await world.managers.set({ answers: { user: false, system: false } })
    expect(await problemOf(world.install())).toMatchObject({ code: "no_scheduler" })
    expect(await readdir(world.home)).toEqual([])
  })

  test("for a client that the registry does not have", async () => {
    const { homes, machine, home } = await standInMachine()
    for (const word of ["hermes", "nonsense"]) {
      const install = installSchedule(homes, word, USUAL, someone(true), machine)
      expect(await problemOf(install)).toMatchObject({ code: "unknown_target" })
    }
    expect(await readdir(home)).toEqual([])
  })
})

describe("the machine's watch", () => {
  const asUser = (machine: Machine, more: Partial<Machine> = {}): Machine => ({
    ...machine,
    uid: 4_294_000,
    ...more,
  })

  test("needs sudo for its files and for systemctl, and for nothing else", async () => {
    const world = await standInMachine()
    const someoneThere = someone(true)
    const how = { ...USUAL, scope: "system" as const }
    await installSchedule(world.homes, "codex", how, someoneThere, asUser(world.machine))
    expect(someoneThere.heard).toEqual([
      "sudo is asked for what belongs to the machine, and for nothing else",
    ])
    const calls = (await world.managers.calls()).filter((call) => call.startsWith("sudo "))
    const shapes = calls.map((call) => call.replace(/ \S+\/aim-units-\w+/, " STAGE"))
    const { system } = world.folders
    expect(shapes).toEqual([
      `sudo install -m 644 STAGE/unit ${system}/aim-watch-codex.service`,
      `sudo install -m 644 STAGE/unit ${system}/aim-watch-codex.timer`,
      "sudo systemctl daemon-reload",
      "sudo systemctl enable aim-watch-codex.timer",
      "sudo systemctl restart aim-watch-codex.timer",
      "sudo systemctl start aim-watch-codex.service",
    ])
    const text = await readFile(join(system, "aim-watch-codex.service"), "utf8")
    expect(text).toMatch(/^User=\w+\nGroup=\w+\nEnvironment="HOME=/m)
  })

  test("is refused before anything is done where there is no sudo", async () => {
    const world = await standInMachine()
    const machine = asUser(world.machine, { hasSudo: false })
    const install = world.install({ scope: "system" }, machine)
    expect(await problemOf(install)).toMatchObject({ code: "needs_root" })
    expect(await readdir(world.folders.system)).toEqual([])
    expect(await world.managers.calls()).toEqual([])
  })

  test("takes the place of the user's own only after a yes", async () => {
    const world = await standInMachine()
    await world.install()
    await world.managers.calls()
    const refused = await problemOf(world.install({ scope: "system" }))
    expect(refused).toMatchObject({ code: "needs_yes" })
    expect(refused.message).toContain(`aim-watch-codex goes (${world.folders.user}`)
    expect(await world.managers.calls()).toEqual([])
    await world.install({ scope: "system", yes: true })
    expect(await readdir(world.folders.user)).toEqual([])
    expect((await world.managers.state()).active).toEqual(["system/aim-watch-codex.timer"])
    expect(await world.install()).toMatchObject({ status: "noop", scope: "system" })
  })

  test("stops with the command that failed", async () => {
    const world = await standInMachine()
    await writeFile(join(world.root, "sudo"), "#!/bin/sh\necho no, you >&2\nexit 1\n", {
      mode: 0o755,
    })
    const env = { ...world.homes.env, PATH: `${world.root}:${world.managers.path}` }
    const { runChild } = await import("../../src/system/spawn.ts")
    const machine = asUser(world.machine, { run: (argv) => runChild(argv, { env }) })
    const problem = await problemOf(world.install({ scope: "system" }, machine))
    expect(problem.code).toBe("schedule_command_failed")
    expect(problem.message).toMatch(/sudo install .* ended with exit code 1: no, you$/)
  })
})

describe("what goes is said before", () => {
  const FORMER = "ExecStart=/usr/bin/node /srv/aimgr.js codex watch --once --home /nowhere\n"

  test("the reference program's units", async () => {
    const world = await standInMachine()
    for (const end of ["service", "timer"])
      await writeFile(join(world.folders.system, `aim-codex-watch.${end}`), FORMER)
    expect((await problemOf(world.install())).code).toBe("needs_yes")
    expect((await world.status()).warnings.map(({ kind }) => kind)).toEqual(["former_watch"])
    await world.install({ yes: true })
    expect(await readdir(world.folders.system)).toEqual([])
    expect((await world.managers.calls()).slice(0, 4)).toEqual([
      "systemctl disable --now aim-codex-watch.timer",
      "systemctl stop aim-codex-watch.service",
      "systemctl daemon-reload",
      "systemctl reset-failed aim-codex-watch.service",
    ])
  })

  test("the watch of another home", async () => {
    const world = await standInMachine()
    await world.install()
    const elsewhere = { ...world.homes, stateFile: join(world.root, "other", "secrets.json") }
    const talk = someone(false)
    const install = installSchedule(elsewhere, "codex", USUAL, talk, world.machine)
    expect(await problemOf(install)).toMatchObject({ code: "declined" })
    expect(talk.heard).toContain(
      `- aim-watch-codex watches ${world.home}/.aimgr/secrets.json no more`,
    )
  })
})

describe("launchd's agent, by a stand-in", () => {
  test("is written, loaded, and its first tick waited for; then left alone; then gone", async () => {
    const world = await standInMachine("darwin")
    const installed = await world.install()
    const place = `gui/${world.machine.uid}/dev.aim.watch.codex`
    const file = join(world.folders.user, "dev.aim.watch.codex.plist")
    expect(installed).toMatchObject({ status: "applied", scope: "user", firstTick: { ok: true } })
    expect(await world.managers.calls()).toEqual([
      `launchctl bootout ${place}`,
      `launchctl enable ${place}`,
      `launchctl bootstrap gui/${world.machine.uid} ${file}`,
      `launchctl kickstart ${place}`,
    ])
    expect(await world.status()).toMatchObject({
      ...{ installed: true, active: true, everySeconds: 300, nextAt: null },
      log: `tail -n 50 '${world.home}/.aimgr/watch-codex.log'`,
    })
    expect(await world.install()).toMatchObject({ status: "noop" })
    expect(await world.remove()).toMatchObject({ status: "applied", files: [file] })
    expect(await readdir(world.folders.user)).toEqual([])
  })
})
