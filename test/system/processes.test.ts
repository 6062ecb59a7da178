import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import {
  chownSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { bootId, holdersBelow, isAlive, processStart } from "../../src/system/processes.ts"
import { holdersByLsof, startsByPs } from "../../src/system/processes-lsof.ts"
import { holdersInProc } from "../../src/system/processes-proc.ts"

const PROCESSES = join(import.meta.dir, "../../src/system/processes.ts")

let base = ""
let home = ""
const children: Bun.Subprocess[] = []

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "aim-holders-")))
  home = join(base, "home")
  mkdirSync(join(home, "deep/er"), { recursive: true })
  mkdirSync(join(base, "homestead"))
})

afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill("SIGKILL")
    await child.exited
  }
  rmSync(base, { recursive: true })
})

/** A program that has `file` open, until the test is over. */
async function open(file: string, then = "") {
  const script = `exec 3>"$0"; ${then} echo ready; read -r _`
  const child = Bun.spawn(["sh", "-c", script, file], { stdin: "pipe", stdout: "pipe" })
  children.push(child)
  await child.stdout.getReader().read()
  return child.pid
}

describe("holdersBelow", () => {
  const pidsOf = async (dir: string) => (await holdersBelow(dir)).holders.map(({ pid }) => pid)

  test("names who has a file open, however deep, and since when", async () => {
    const before = Date.now()
    const pid = await open(join(home, "deep/er/state.sqlite"))
    const found = await holdersBelow(home)
    expect(found).toMatchObject({ holders: [{ pid, command: "sh" }], unreadable: false })
    const startedAt = found.holders[0]?.startedAt ?? 0
    expect(Math.abs(startedAt - before)).toBeLessThan(60_000)
  })

  test("finds a file that was deleted while open", async () => {
    const pid = await open(join(home, "auth.json"), 'rm "$0";')
    expect(await pidsOf(home)).toEqual([pid])
  })

  test("does not take a neighbour with the same beginning, or a folder above, for the home", async () => {
    await open(join(base, "homestead/auth.json"))
    await open(join(base, "auth.json"))
    expect(await pidsOf(home)).toEqual([])
  })

  test("does not count this process, nor another aim", async () => {
    const script = `const file = require("node:fs").openSync(process.argv[1], "w"); console.log(file); setTimeout(() => {}, 60_000)`
    const other = Bun.spawn([process.execPath, "-e", script, join(home, "a")], { stdout: "pipe" })
    children.push(other)
    await other.stdout.getReader().read()
    const pid = await open(join(home, "b"))
    expect(await pidsOf(home)).toEqual([pid])
  })
})

test("a home by its symlink is the home", async () => {
  symlinkSync(home, join(base, "alias"))
  const pid = await open(join(base, "alias/auth.json"))
  for (const dir of [home, join(base, "alias")])
    expect((await holdersBelow(dir)).holders).toMatchObject([{ pid }])
})

describe("a /proc that hides something", () => {
  const UID = (process.getuid?.() ?? 0) + 1

  /** One process in a `/proc` of our own making; it belongs to the user who runs the tests. */
  function process_(pid: number, files: Record<string, string>, fd: "folder" | "unreadable") {
    const folder = join(base, "proc", String(pid))
    mkdirSync(folder, { recursive: true })
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    if (fd === "unreadable") writeFileSync(join(folder, "fd"), "")
    else mkdirSync(join(folder, "fd"))
    return folder
  }
  const status = (name: string, uid: number) => ({
    status: `Name:\t${name}\nUmask:\t0022\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\n`,
  })
  const look = (uid: number) => holdersInProc(home, { proc: join(base, "proc"), uid })

  test("a process of ours that can't be looked into may have it open", () => {
    process_(7, {}, "unreadable")
    expect(look(UID - 1)).toEqual({ holders: [], unreadable: true })
  })

  test.each([
    ["codex", true],
    ["node", true],
    ["MainThread", true],
    ["ssh-agent", false],
    ["chrome", false],
    ["(sd-pam)", false],
  ])("one that forbids it (%s) counts if it may be a client: %p", (name, unreadable) => {
    process_(7, status(name, UID), "unreadable")
    expect(look(UID)).toEqual({ holders: [], unreadable })
  })

  test("processes of other users do not count", () => {
    const folder = process_(7, status("codex", UID + 5), "folder")
    symlinkSync(join(home, "auth.json"), join(folder, "fd/3"))
    expect(look(UID)).toEqual({ holders: [], unreadable: false })
  })

  test("root may be at work in anybody's home, so for root those of any user count", () => {
    const folder = process_(7, status("codex", UID), "folder")
    if (UID === 1) chownSync(folder, UID, UID)
    symlinkSync(join(home, "auth.json"), join(folder, "fd/3"))
    expect(look(UID + 5).holders).toEqual([])
    expect(look(0).holders).toMatchObject([{ pid: 7 }])
  })

  test("this process does not count, even if its program was moved while it runs", () => {
    const folder = process_(process.pid, {}, "folder")
    symlinkSync("/moved/aim", join(folder, "exe"))
    symlinkSync(join(home, "auth.json"), join(folder, "fd/3"))
    expect(look(UID - 1).holders).toEqual([])
  })

  test("a name is shown without its arguments and without control characters", () => {
    const files = { cmdline: "/opt/x/co\u001b[31mdex\0--token\0rt_synthetic\0", comm: "codex\n" }
    const folder = process_(7, files, "folder")
    symlinkSync(`${home}/auth.json (deleted)`, join(folder, "fd/3"))
    expect(look(UID - 1).holders).toEqual([{ pid: 7, command: "co?[31mdex", startedAt: null }])
  })
})

describe("by lsof and ps, as macOS is asked", () => {
  /** Stand-ins that print what the real ones did, with the paths of this test. */
  function programs(lsof: string, ps = ""): { PATH: string } {
    for (const [name, output] of Object.entries({ lsof, ps })) {
      writeFileSync(join(base, `${name}.out`), output)
      writeFileSync(
        join(base, name),
        `#!/bin/sh\necho "$0 $*" >> "${base}/calls"\nexec cat "${base}/${name}.out"\n`,
        { mode: 0o755 },
      )
    }
    return { PATH: `${base}:/usr/bin:/bin` }
  }
  const lines = (...fields: string[]) => `${fields.join("\n")}\n`

  test("names who has a file open, and since when", async () => {
    const env = programs(
      lines(
        ...["p411", "ccodex", "fcwd", `n${base}`, "ftxt", "n/opt/codex", "f12", `n${home}/state`],
        ...["p412", "cvim", "f3", `n${base}/homestead/x`],
        ...["p413", "caim", "ftxt", `n${realpathSync(process.execPath)}`, "f4", `n${home}/log`],
        ...[`p${process.pid}`, "cbun", "f4", `n${home}/log`],
      ),
      "  411 Fri Nov 20 08:15:02 2026    \n",
    )
    expect(await holdersByLsof(home, env)).toEqual({
      holders: [{ pid: 411, command: "codex", startedAt: Date.parse("2026-11-20T08:15:02Z") }],
      unreadable: false,
    })
  })

  test("asks for this user's processes only", async () => {
    await holdersByLsof(home, programs(lines("p1", "cx", "f1", "n/dev/null")))
    const uid = process.getuid?.()
    expect(await Bun.file(join(base, "calls")).text()).toBe(
      `${base}/lsof -w -n -P ${uid === 0 ? "" : `-u ${uid} `}-F pcfn\n`,
    )
  })

  test.each([
    ["says nothing", ""],
    ["is not there", null],
  ])("an lsof that %s leaves everything possible", async (_, output) => {
    const env = output === null ? { PATH: join(base, "empty") } : programs(output)
    expect(await holdersByLsof(home, env)).toEqual({ holders: [], unreadable: true })
  })

  test("a process that ps no longer knows has no start", async () => {
    const env = programs(lines("p411", "ccodex", "f12", `n${home}/state`), "")
    expect((await holdersByLsof(home, env)).holders).toMatchObject([{ startedAt: null }])
    expect(await startsByPs([411], env)).toEqual(new Map())
  })
})

describe("isAlive", () => {
  test("knows a running process by its start, and not a later one by its id", async () => {
    const pid = await open(join(home, "x"))
    const start = (await processStart(pid)) ?? 0
    expect(await isAlive(pid, start)).toBe(true)
    expect(await isAlive(pid, start + 10)).toBe(false)
  })

  test("knows the dead, and zombies for dead", async () => {
    const parent = Bun.spawn(["sh", "-c", "sleep 0 & echo $!; exec sleep 60"], { stdout: "pipe" })
    children.push(parent)
    const { value } = await parent.stdout.getReader().read()
    const zombie = Number(new TextDecoder().decode(value))
    while ((await processStart(zombie)) !== null) await Bun.sleep(5)
    expect(await processStart(zombie)).toBeNull()
    for (const pid of [0, -1, 1.5, Number.NaN, 2 ** 30]) expect(await processStart(pid)).toBeNull()
  })
})

test("the boot has a name that stays", async () => {
  const id = await bootId()
  expect(id).toMatch(/^[0-9a-f-]{36}$/)
  expect(await bootId()).toBe(id)
})

test("a process that was started after a moment does not seem to be of before it", async () => {
  const script = `import { ownStart } from ${JSON.stringify(PROCESSES)}; console.log(await ownStart())`
  for (let round = 0; round < 20; round++) {
    const before = Date.now()
    const { stdout } = Bun.spawnSync([process.execPath, "-e", script])
    const start = Number(stdout.toString())
    expect(start).toBeGreaterThanOrEqual(before)
    expect(start).toBeLessThanOrEqual(Date.now() + 20)
  }
})
