import { describe, expect, test } from "bun:test"
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { scheduledWatch } from "../../src/schedule/scheduled.ts"
import { standInMachine } from "../support/schedule/machine.ts"

describe("the status of a watch", () => {
  test("says where it is, when it ticks, and what shows its log", async () => {
    const world = await standInMachine()
    await world.install()
    const { warnings, nextAt, lastAt, ...watch } = await world.status()
    expect(watch).toMatchObject({
      ...{ target: "codex", installed: true, scope: "user", everySeconds: 300 },
      ...{ enabled: true, active: true, programExists: true, programIsThis: true },
      ...{ state: join(world.home, ".aimgr", "secrets.json"), stateIsThis: true },
      ...{ lastResult: "success", log: "journalctl --user -u aim-watch-codex" },
    })
    expect(warnings).toEqual([])
    expect(Date.parse(nextAt ?? "")).toBeGreaterThan(Date.parse(lastAt ?? ""))
  })

  test("names what is wrong with it", async () => {
    const world = await standInMachine()
    await world.install()
    await world.managers.set({ active: [] })
    const file = join(world.folders.user, "aim-watch-codex.service")
    const text = await readFile(file, "utf8")
    const kinds = async (changed: string) => {
      await writeFile(file, changed)
      return (await world.status()).warnings.map(({ kind }) => kind)
    }
    expect(await kinds(text)).toEqual(["watch_stopped"])
    expect(await kinds(text.replace(/ExecStart=\S+/, "ExecStart=/nowhere/aim"))).toEqual([
      "program_gone",
      "watch_stopped",
    ])
    expect(await kinds(text.replace(/ExecStart=\S+/, "ExecStart=/bin/sh"))).toEqual([
      "program_other",
      "watch_stopped",
    ])
    expect(await kinds(text.replace("HOME=", "HOME=/nowhere"))).toEqual([
      "state_other",
      "watch_stopped",
    ])
  })

  test("of none is that there is none", async () => {
    const world = await standInMachine()
    expect(await world.status()).toMatchObject({ installed: false, scope: null, log: null })
    expect(await readdir(world.home)).toEqual([])
  })
})

describe("a unit that can't be read", () => {
  test("is told of, where there is a watch and where there is none", async () => {
    const world = await standInMachine()
    const timer = join(world.folders.user, "aim-watch-codex.timer")
    await mkdir(timer, { recursive: true })
    const kinds = async () => (await world.status()).warnings.map(({ kind }) => kind)
    expect(await world.status()).toMatchObject({ installed: false, scope: null })
    expect(await kinds()).toEqual(["unit_unusable"])
    await rm(timer, { recursive: true })
    await world.install()
    await writeFile(timer, Uint8Array.of(0xff))
    expect(await world.status()).toMatchObject({ installed: true, everySeconds: null })
    expect(await kinds()).toEqual(["unit_unusable"])
  })

  test("is no reason for a loop not to start", async () => {
    const world = await standInMachine()
    const env = { ...world.homes.env, XDG_CONFIG_HOME: join(world.root, "config") }
    const folder = join(world.root, "config", "systemd", "user")
    await mkdir(join(folder, "aim-watch-codex.timer"), { recursive: true })
    const [service] = (await world.install({ print: true })).files
    await writeFile(join(folder, "aim-watch-codex.service"), service?.text ?? "")
    expect(await scheduledWatch({ ...world.homes, env }, "codex")).toBeNull()
  })
})

describe("removing a watch", () => {
  test("stops it and takes its own files, and only those", async () => {
    const world = await standInMachine()
    await world.install()
    await writeFile(join(world.folders.user, "other.timer"), "")
    await world.managers.calls()
    expect(await world.remove()).toMatchObject({ status: "applied" })
    expect(await readdir(world.folders.user)).toEqual(["other.timer"])
    expect(await world.managers.calls()).toEqual([
      "systemctl --user disable --now aim-watch-codex.timer",
      "systemctl --user stop aim-watch-codex.service",
      "systemctl --user daemon-reload",
      "systemctl --user reset-failed aim-watch-codex.service",
    ])
    expect(await world.remove()).toMatchObject({ status: "noop", files: [] })
    expect(await world.managers.calls()).toEqual([])
  })

  test("takes what a half done install has left", async () => {
    const world = await standInMachine()
    await world.install()
    await rm(join(world.folders.user, "aim-watch-codex.service"))
    expect(await world.remove()).toMatchObject({ status: "applied" })
    expect(await readdir(world.folders.user)).toEqual([])
  })
})

test("a loop learns of a watch of its own state, and of no other", async () => {
  const world = await standInMachine()
  const env = { ...world.homes.env, XDG_CONFIG_HOME: join(world.root, "config") }
  const homes = { ...world.homes, env }
  const folder = join(world.root, "config", "systemd", "user")
  expect(await scheduledWatch(homes, "codex")).toBeNull()
  await world.install()
  await mkdir(folder, { recursive: true })
  for (const { path, text } of (await world.install({ print: true })).files)
    await writeFile(join(folder, path.split("/").at(-1) ?? ""), text)
  expect(await scheduledWatch(homes, "codex")).toMatchObject({ scope: "user" })
  expect(await scheduledWatch(homes, "claude")).toBeNull()
  const other = { ...homes, stateFile: join(world.root, "secrets.json") }
  expect(await scheduledWatch(other, "codex")).toBeNull()
})
