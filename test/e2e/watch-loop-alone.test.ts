import { describe, expect, test } from "bun:test"
import { readFileSync } from "node:fs"
import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { openWorld, type World } from "../support/world.ts"
import { pass } from "./support/ageing.ts"
import { quota } from "./support/quota.ts"
import { binaryPath } from "./support/run-aim.ts"
import { startWatch } from "./support/watch-run.ts"

const LOOP = "codex watch --interval-seconds 3600"
const ONCE = "codex watch --once"
const USAGE = "/backend-api/wham/usage"
const ROUNDS = 20

async function watching(): Promise<World> {
  const world = await openWorld([{ name: "boss", ...quota(10, 10) }])
  await world.label("boss")
  await world.json("codex use")
  return world
}

describe("a second loop of one client and home", () => {
  test("is refused with the pid and start of the first; a single look never is", async () => {
    await using world = await watching()
    const before = Date.now()
    await using first = startWatch(world, LOOP)
    await first.line(1)
    await using second = startWatch(world, LOOP)
    expect(await second.ended()).toMatchObject({ code: 1 })
    const refused = await world.json<{ error: { code: string; message: string } }>(LOOP, 1)
    expect(refused.error).toMatchObject({
      code: "another_watch_running",
      hint: expect.stringContaining(`\`kill ${first.pid}\``),
    })
    const [, pid, since] = /process (\d+), since (\S+),/.exec(refused.error.message) ?? []
    expect(pid).toBe(String(first.pid))
    expect(Date.parse(since ?? "")).toBeGreaterThan(before - 1_000)
    expect(Date.parse(since ?? "")).toBeLessThan(Date.now())
    expect(await world.json(ONCE)).toMatchObject({ watched: { status: "noop" } })
  })

  test("starts at once where the first was killed, or has ended", async () => {
    await using world = await watching()
    for (const signal of ["SIGKILL", "SIGTERM", "SIGKILL"] as const) {
      await using run = startWatch(world, LOOP)
      await run.line(1)
      run.kill(signal)
      await run.ended()
    }
    await using last = startWatch(world, LOOP)
    expect(await last.line(1)).toMatchObject({ ok: true })
  })

  test("of another client, or another home, is none", async () => {
    await using world = await watching()
    await using first = startWatch(world, LOOP)
    await first.line(1)
    const other = join(world.home, "other-codex")
    await mkdir(other, { mode: 0o700 })
    await using second = startWatch(world, LOOP, { env: { CODEX_HOME: other } })
    await second.line(1)
    await using third = startWatch(world, "claude watch --interval-seconds 3600")
    await third.line(1)
  })
})

describe("two timers that fire at once make one decision", () => {
  test.each(Array.from({ length: ROUNDS / 2 }, (_, round) => round + 1))(
    "round %i: while the first is at it",
    async () => {
      await using world = await watching()
      await pass(world, 5)
      world.sim.addFault({ kind: "hold", path: USAGE })
      const asked = world.sim.log().length
      const both = [world.aim(`${ONCE} --json`), world.aim(`${ONCE} --json`)]
      await world.sim.arrived(({ path, n }) => path === USAGE && n > asked)
      const quick = await Promise.race(both)
      world.sim.release()
      world.sim.clearFaults()
      const ended = await Promise.all(both)
      expect(ended.map(({ code }) => code)).toEqual([0, 0])
      expect(quick.json()).toMatchObject({
        ok: true,
        watched: {
          status: "noop",
          receipt: {
            decision: { reason: "another_watch_running", numbers: { pid: expect.any(Number) } },
          },
        },
      })
      const reasons = ended.map((each) => reasonOf(each.json()))
      expect(reasons.filter((reason) => reason === "another_watch_running")).toHaveLength(1)
      expect(world.sim.log().filter(({ path, n }) => path === USAGE && n > asked)).toHaveLength(1)
    },
  )

  test.each(Array.from({ length: ROUNDS / 2 }, (_, round) => round + 1))(
    "round %i: where the first has ended just before the second gets the lock",
    async () => {
      await using world = await watching()
      await pass(world, 5)
      const late = await spawnStopped(world)
      const first = await world.json(ONCE)
      late.kill("SIGCONT")
      const [text, code] = await Promise.all([late.stdout.text(), late.exited])
      expect(reasonOf(first)).toBe("lasts")
      expect(code).toBe(0)
      expect(reasonOf(JSON.parse(text))).toBe("another_watch_running")
      // One that is started afterwards decides for itself.
      expect(reasonOf(await world.json(ONCE))).toBe("lasts")
    },
  )
})

function reasonOf(document: unknown): string | undefined {
  const { watched } = document as { watched: { receipt: { decision?: { reason: string } } } }
  return watched.receipt.decision?.reason
}

/** A look by a process that has begun, but whose program goes on with a SIGCONT alone. */
async function spawnStopped(world: World) {
  const stopped = ["sh", "-c", 'kill -STOP $$; exec "$0" "$@"', binaryPath("release")]
  const child = Bun.spawn([...stopped, ...ONCE.split(" "), "--json"], {
    cwd: world.home,
    env: { PATH: process.env.PATH ?? "", HOME: world.home, LANG: "C.UTF-8", ...world.env },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "ignore",
  })
  const stateOf = () => readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1]?.[0]
  while (stateOf() !== "T") await Bun.sleep(5)
  return child
}

describe("a loop beside an installed scheduler", () => {
  test.each([
    ["aim's own", "aim-watch-codex"],
    ["the reference program's", "aim-codex-watch"],
  ])("%s is refused, unless it is told", async (_, name) => {
    await using world = await watching()
    const folder = join(world.home, ".config", "systemd", "user")
    await mkdir(folder, { recursive: true })
    const exec = `/usr/bin/node /opt/aimgr/bin/aimgr.js ${ONCE} --home ${world.home}`
    await writeFile(
      join(folder, `${name}.service`),
      `[Service]\nType=oneshot\nEnvironment=HOME=${world.home}\nExecStart=${exec}\n`,
    )
    await writeFile(join(folder, `${name}.timer`), "[Timer]\nOnUnitActiveSec=300s\n")
    expect(await world.json(LOOP, 1)).toMatchObject({
      error: {
        code: "schedule_installed",
        message: expect.stringContaining(join(folder, name)),
        hint: expect.stringContaining("--beside-schedule"),
      },
    })
    expect(await world.json(ONCE)).toMatchObject({ ok: true })
    await using run = startWatch(world, `${LOOP} --beside-schedule`)
    expect(await run.line(1)).toMatchObject({ ok: true })
  })
})
