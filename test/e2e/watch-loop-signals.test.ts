import { describe, expect, test } from "bun:test"
import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { postsPerRefreshToken } from "../../src/simulator/request-log.ts"
import { openWorld, type World } from "../support/world.ts"
import { pass } from "./support/ageing.ts"
import { inflightNotes } from "./support/end-state.ts"
import { quota } from "./support/quota.ts"
import { newestToken } from "./support/token-places.ts"
import { startWatch } from "./support/watch-run.ts"

const LOOP = "codex watch --interval-seconds 3600"
const USAGE = "/backend-api/wham/usage"
const TOKEN = "/oauth/token"
const SIGNALS = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const

/** Codex stands on boss, whose access token ends so many seconds from now; qa has plenty. */
async function watching(expiresInSeconds = 86_400, five = 10): Promise<World> {
  const world = await openWorld([
    { name: "boss", ...quota(five, 10) },
    { name: "qa", ...quota(10, 20) },
  ])
  await world.label("boss", { expiresInSeconds })
  await world.json("codex use")
  await world.label("qa")
  await pass(world, 5)
  return world
}

async function tempsBelow(world: World): Promise<string[]> {
  const names = await readdir(world.home, { recursive: true })
  return names.filter((name) => name.includes(".aim-tmp-"))
}

/** All is as if nothing had been cut: a look, and another loop, find nothing in their way. */
async function expectNothingLeft(world: World): Promise<void> {
  expect(await tempsBelow(world)).toEqual([])
  expect(await inflightNotes(world)).toEqual([])
  await world.json("codex watch --once")
  await using next = startWatch(world, LOOP)
  expect(await next.line(1)).toMatchObject({ ok: true })
}

describe.each(SIGNALS)("%s", (signal, code) => {
  test("ends a loop that waits, at once", async () => {
    await using world = await watching()
    await using run = startWatch(world, LOOP)
    await run.line(1)
    run.kill(signal)
    expect(await run.ended()).toMatchObject({ code, stderr: expect.stringContaining("1 look,") })
    await expectNothingLeft(world)
  })

  test("ends a loop in the middle of a look, at once", async () => {
    await using world = await watching()
    world.sim.addFault({ kind: "hold", path: USAGE })
    await using run = startWatch(world, LOOP)
    const asked = world.sim.log().length
    await world.sim.arrived(({ path, n }) => path === USAGE && n > asked)
    run.kill(signal)
    const ended = await run.ended()
    expect(ended.code).toBe(code)
    world.sim.clearFaults()
    world.sim.release()
    await expectNothingLeft(world)
  })

  test("waits for the reply to a token that was posted, and keeps it", async () => {
    // `use` leaves it alone; a watch that comes by once an hour does not.
    await using world = await watching(3_600)
    world.sim.addFault({ kind: "hold", path: TOKEN })
    await using run = startWatch(world, LOOP)
    await world.sim.arrived(({ path }) => path === TOKEN)
    run.kill(signal)
    const ended = run.ended()
    await run.says("a login is being renewed")
    expect(await Promise.race([ended, Bun.sleep(300).then(() => "waits")])).toBe("waits")
    world.sim.release()
    expect(await ended).toMatchObject({ code })
    world.sim.clearFaults()
    const { boss } = (await world.vault()).credentials["openai-codex"] ?? {}
    expect(boss?.refresh).toBe(newestToken(world, "boss") ?? "")
    await expectNothingLeft(world)
    expect(Math.max(...postsPerRefreshToken(world.sim.log()).values())).toBe(1)
  })
})

describe("a home behind a slow network", () => {
  const slow = { binary: "faults", env: { AIM_FAULT_SLOW_MS: "60" } } as const

  test("makes a look slow, and nothing else", async () => {
    await using world = await watching(86_400, 95)
    const record = join(world.home, "points")
    const env = { ...slow.env, AIM_FAULT_RECORD: record }
    await using run = startWatch(world, LOOP, { ...slow, env })
    expect(await run.line(1)).toMatchObject({
      watched: { status: "activated", receipt: { currentLabelAfter: "qa" } },
    })
    run.kill("SIGTERM")
    await run.ended()
    expect((await world.auth()).tokens.refresh_token).toBe(newestToken(world, "qa") ?? "")
    expect((await Bun.file(record).text()).split("\n").length).toBeGreaterThan(10)
    await expectNothingLeft(world)
  })

  test.each([1, 2, 3, 4, 5, 6])(
    "and a signal in the %i. piece of its switch leaves it whole",
    async (piece) => {
      await using world = await watching(86_400, 95)
      const record = join(world.home, "points")
      const env = { ...slow.env, AIM_FAULT_RECORD: record }
      await using run = startWatch(world, LOOP, { ...slow, env })
      const writes = async () =>
        (
          await Bun.file(record)
            .text()
            .catch(() => "")
        )
          .split("\n")
          .filter((row) => row.startsWith("write:")).length
      while ((await writes()) < piece * 2) await Bun.sleep(5)
      run.kill("SIGTERM")
      expect(await run.ended()).toMatchObject({ code: 143 })
      expect(await tempsBelow(world)).toEqual([])
      await expectNothingLeft(world)
      expect((await world.auth()).tokens.refresh_token).toBe(newestToken(world, "qa") ?? "")
    },
  )
})
