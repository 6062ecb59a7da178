import { describe, expect, test } from "bun:test"
import { mkdir, symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { plistText } from "../../src/schedule/launchd-plist.ts"
import { execLine } from "../../src/schedule/systemd-words.ts"
import { type TempHome, tempHome } from "../e2e/support/temp-home.ts"
import { jobBelow, ODD_PATHS } from "../support/schedule/job.ts"
import { program, recorder, standIn } from "./support/fakes.ts"
import {
  filesIn,
  type InstallerOptions,
  type InstallerResult,
  runInstaller,
  SHELLS,
} from "./support/installer.ts"

type Used = TempHome & {
  /** The folder with aim in it. */
  bin: string
  uninstall: (args?: string[], options?: Partial<InstallerOptions>) => Promise<InstallerResult>
  /** What the system's managers were asked to do: this machine's own must not hear of it. */
  asked: () => Promise<string[]>
}

/** A home with an installed aim that has been used. */
async function used(place = ".local/bin"): Promise<Used> {
  const home = await tempHome()
  const bin = join(home.path, place)
  const from = await program(join(home.path, "in"), "aim", standIn("1.2.3"))
  const { code } = await runInstaller(["--from", from, "--dir", bin], { home: home.path })
  expect(code).toBe(0)
  await mkdir(join(home.path, ".aimgr"))
  await writeFile(join(home.path, ".aimgr/secrets.json"), "{}")
  const tools = join(home.path, "tools")
  const logs = await Promise.all(["systemctl", "launchctl"].map((name) => recorder(tools, name)))
  return {
    ...home,
    bin,
    uninstall: (args = [], { env, ...options } = {}) =>
      runInstaller(["--uninstall", ...args], {
        home: home.path,
        env: { PATH: `${tools}:${process.env.PATH}`, ...env },
        ...options,
      }),
    asked: async () => (await Promise.all(logs.map((log) => log()))).flat(),
  }
}

/** A unit of aim's that starts the program at `path`, with its timer and its link for boot. */
async function unit(dir: string, name: string, path: string) {
  const wants = join(dir, "timers.target.wants")
  await mkdir(wants, { recursive: true })
  const line = `ExecStart=${path} codex watch --once`
  await writeFile(join(dir, `${name}.service`), `[Service]\nType=oneshot\n${line}\n`)
  await writeFile(join(dir, `${name}.timer`), "[Timer]\nOnUnitActiveSec=5min\n")
  await symlink(join("..", `${name}.timer`), join(wants, `${name}.timer`))
}

const without = (files: string[]) => files.filter((name) => !/^(in|tools|\.local)(\/|$)/.test(name))

describe.each(SHELLS)("install.sh --uninstall in %s", (shell) => {
  test("removes aim and aimgr, keeps labels and logins, and says so", async () => {
    await using home = await used()
    const result = await home.uninstall([], { shell })
    expect(result).toEqual({
      code: 0,
      stderr: "",
      stdout:
        `removed ${home.bin}/aimgr\nremoved ${home.bin}/aim\n` +
        `kept ${home.path}/.aimgr: your labels and logins\n`,
    })
    expect(await filesIn(home.bin)).toEqual([])
    expect(without(await filesIn(home.path))).toEqual([".aimgr", ".aimgr/secrets.json"])
    const again = await home.uninstall([], { shell })
    expect(again).toMatchObject({ code: 0, stderr: "" })
    expect(again.stdout).toStartWith(`there is no aim in ${home.bin}\n`)
  })

  test("--dry-run removes nothing and stops nothing", async () => {
    await using home = await used()
    await unit(join(home.path, ".config/systemd/user"), "aim-watch-codex", `${home.bin}/aim`)
    const before = await filesIn(home.path)
    const { code, stdout } = await home.uninstall(["--dry-run"], { shell })
    expect(code).toBe(0)
    for (const name of ["aim", "aimgr"])
      expect(stdout).toContain(`would remove ${home.bin}/${name}`)
    expect(stdout).toContain("would remove")
    expect(stdout).toMatch(/^would remove .*aim-watch-codex\.service$/m)
    expect(await filesIn(home.path)).toEqual(before)
    expect(await home.asked()).toEqual([])
  })

  test("takes back what this aim has scheduled, and only that", async () => {
    await using home = await used()
    const units = join(home.path, ".config/systemd/user")
    await unit(units, "aim-watch-codex", `"${home.bin}/aim"`)
    await unit(units, "aim-watch-pi", "/opt/other/bin/aim")
    await writeFile(join(units, "backup.service"), `ExecStart=${home.bin}/aim status\n`)
    const { code, stderr } = await home.uninstall([], { shell })
    expect(code).toBe(0)
    expect(stderr).toBe(
      `warning: ${units}/aim-watch-pi.service starts another aim; it stays as it is\n`,
    )
    expect(await filesIn(units)).toEqual([
      "aim-watch-pi.service",
      "aim-watch-pi.timer",
      "backup.service",
      "timers.target.wants",
      "timers.target.wants/aim-watch-pi.timer",
    ])
    expect(await home.asked()).toEqual([
      "--user disable --now aim-watch-codex.timer",
      "--user disable --now aim-watch-codex.service",
      "--user daemon-reload",
    ])
  })
})

describe("units are known by the path in them", () => {
  test.each(ODD_PATHS)("as aim writes it, with %s", async (_name, odd) => {
    await using home = await used(odd.slice(1))
    const units = join(home.path, ".config/systemd/user")
    const agents = join(home.path, "Library/LaunchAgents")
    await mkdir(agents, { recursive: true })
    const job = jobBelow(home.bin)
    await unit(units, "aim-watch-codex", execLine(job.argv))
    await writeFile(join(agents, "dev.aim.watch.codex.plist"), plistText(job))
    const { code, stderr } = await home.uninstall(["--dir", home.bin])
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" })
    expect(await filesIn(units)).toEqual(["timers.target.wants"])
    expect(await filesIn(agents)).toEqual([])
  })

  test.each([
    ["with its spaces escaped", (path: string) => path.replaceAll(" ", "\\x20")],
    ["with its percent signs doubled", (path: string) => `"${path.replaceAll("%", "%%")}"`],
  ])("%s", async (_name, spelt) => {
    await using home = await used(spelt("%") === "%" ? "my bin" : "100% mine")
    const env = { XDG_CONFIG_HOME: join(home.path, "config") }
    const units = join(env.XDG_CONFIG_HOME, "systemd/user")
    await unit(units, "aim-watch-codex", spelt(`${home.bin}/aim`))
    const { code } = await home.uninstall(["--dir", home.bin], { env })
    expect(code).toBe(0)
    expect(await filesIn(units)).toEqual(["timers.target.wants"])
  })

  test("even when that is the real path of a linked folder", async () => {
    await using home = await used()
    await symlink(home.bin, join(home.path, "linked"))
    const units = join(home.path, ".config/systemd/user")
    await unit(units, "aim-watch-codex", `${home.bin}/aim`)
    const dir = join(home.path, "linked")
    const { code } = await home.uninstall(["--dir", dir])
    expect(code).toBe(0)
    expect(await filesIn(units)).toEqual(["timers.target.wants"])
    expect(await filesIn(home.bin)).toEqual([])
  })
})

test("launchd's agents go the same way", async () => {
  await using home = await used()
  const agents = join(home.path, "Library/LaunchAgents")
  const plist = (path: string) => `<plist><array><string>${path}</string></array></plist>\n`
  await mkdir(agents, { recursive: true })
  await writeFile(join(agents, "dev.aim.watch.codex.plist"), plist(`${home.bin}/aim`))
  await writeFile(join(agents, "dev.aim.watch.pi.plist"), plist("/opt/aim"))
  await writeFile(join(agents, "com.apple.thing.plist"), plist(`${home.bin}/aim`))
  const { code } = await home.uninstall()
  expect(code).toBe(0)
  expect(await filesIn(agents)).toEqual(["com.apple.thing.plist", "dev.aim.watch.pi.plist"])
  expect(await home.asked()).toEqual([`bootout gui/${process.getuid?.()}/dev.aim.watch.codex`])
})
