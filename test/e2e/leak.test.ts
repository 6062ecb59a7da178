import { describe, expect, test } from "bun:test"
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { findCommand } from "../../src/cli/find-command.ts"
import { COMMANDS } from "../../src/cli/table/table.ts"
import { CANARY } from "../../src/simulator/tokens.ts"
import { openWorld } from "../support/world.ts"
import { ALONE, bringings, EVERYDAY, FAULTY, takings } from "./support/leak-commands.ts"
import { FAULTS, TOKEN } from "./support/leak-faults.ts"
import {
  captured,
  expectEverydaySilent,
  expectSilent,
  holdsToken,
  leaksOnDisk,
  ledgerText,
  PLAIN,
  TALKING,
} from "./support/leaks.ts"

test("every command of the table is typed here", () => {
  const lines = [...EVERYDAY, ...takings("id"), ...bringings("name"), ...ALONE]
  const typed = new Set(lines.map((line) => findCommand(line.split(" ")).path))
  expect(COMMANDS.map(({ path }) => path).filter((path) => !typed.has(path))).toEqual([])
})

describe("no token is printed, logged or left about", () => {
  test.each([
    ["as a user runs it", PLAIN],
    ["with everything said", TALKING],
  ])("with nothing wrong, %s", (_name, env) => expectEverydaySilent([], env), 120_000)

  // Without AIM_DEBUG, and with the commands that ask no provider: in test/long.
  test.each(FAULTS)("%s", (_name, faults) => expectEverydaySilent(faults, TALKING, FAULTY), 120_000)

  test("the commands that take logins in, put them aside, bring them back and let them go", async () => {
    for (const env of [PLAIN, TALKING]) {
      await using world = await captured(["boss", "qa"])
      await world.json("codex use")
      const guest = await world.login("thief", { dir: join(world.home, "logins", "thief") })
      await writeFile(
        join(world.codexHome, "auth.json"),
        await readFile(join(guest.dir, "auth.json")),
      )
      for (const command of ["codex use", "codex show", "status", "codex use --replace-unmanaged"])
        await expectSilent(world, command, env)
      const [entry] = (await world.vault()).quarantine ?? []
      const { backups } = await world.json<{ backups: { name: string }[] }>("restore")
      const commands = [...takings(String(entry?.id)), ...bringings(String(backups.at(-1)?.name))]
      for (const command of commands) await expectSilent(world, command, env)
      expect(await leaksOnDisk(world)).toEqual([])
      expect(holdsToken(ledgerText(world))).toBe(false)
    }
  })

  test("the demo, which has logins of its own, leaves none behind", async () => {
    await using world = await openWorld([])
    const temps = join(world.home, "temps")
    await mkdir(temps)
    for (const command of ALONE) await expectSilent(world, command, { TMPDIR: temps })
    expect([await leaksOnDisk(world), await readdir(temps)]).toEqual([[], []])
  })

  test("a broken vault, a broken home and a token typed by mistake are not echoed", async () => {
    await using world = await captured(["boss"])
    const token = world.sim.mintLogin("boss").refreshToken
    const typed = [
      `codex capture ${token}`,
      `quarantine adopt ${token} boss`,
      `codex capture boss --source-home ${token}`,
    ]
    for (const command of typed) await world.aim(command)
    await world.json("codex use")
    await writeFile(join(world.codexHome, "auth.json"), `{"tokens": {"refresh_token": "${token}`)
    const vault = join(world.home, ".aimgr", "secrets.json")
    const whole = await readFile(vault, "utf8")
    for (const text of [whole, whole.slice(0, -40)]) {
      await writeFile(vault, text)
      for (const command of [
        "status --json",
        "codex show --json",
        "codex use --json",
        "why",
        "refresh --all",
      ]) {
        const { stdout, stderr } = await world.aim(command, { env: { AIM_DEBUG: "1" } })
        expect(stdout + stderr, `aim ${command}`).not.toContain(CANARY)
      }
    }
    expect(ledgerText(world)).not.toContain(CANARY)
  })

  test("while it works: not in its arguments, its environment or its children's", async () => {
    await using world = await captured(["boss"])
    world.sim.addFault({ path: TOKEN, kind: "hold" })
    const running = world.aim("refresh boss --force")
    await world.sim.arrived(({ path }) => path === TOKEN)
    const seen: string[] = []
    for (const pid of new Bun.Glob("*/cmdline").scanSync({ cwd: "/proc", onlyFiles: false })) {
      const dir = join("/proc", pid, "..")
      const text = await Promise.all(
        ["cmdline", "environ", "comm"].map((name) =>
          readFile(join(dir, name), "utf8").catch(() => ""),
        ),
      )
      if (text.join("").includes(CANARY)) seen.push(dir)
    }
    expect(seen).toEqual([])
    expect(await leaksOnDisk(world)).toEqual([])
    world.sim.release()
    expect((await running).code).toBe(0)
  })
})
