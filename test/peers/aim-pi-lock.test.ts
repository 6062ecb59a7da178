import { expect, test } from "bun:test"
import { existsSync } from "node:fs"
import { paths } from "../../src/simulator/routes.ts"
import { lockOf, piHome, piRefreshToken, readPi, writePi } from "../support/pi-home.ts"
import { OLD_PI, openPiWorld, PI, type PiWorld } from "../support/real-pi.ts"

const BOTH = [PI, OLD_PI].map((pi) => [pi.version, pi] as const)

/** `boss` live in Pi, its access token at its end by Pi's own count. */
async function due(): Promise<PiWorld> {
  const world = await openPiWorld([{ name: "boss" }])
  await world.label("boss")
  await world.json("pi use")
  const dir = piHome(world.home)
  const file = await readPi(dir)
  const entry = { ...file["openai-codex"], expires: Date.now() - 60_000 }
  await writePi(dir, JSON.stringify({ "openai-codex": entry }))
  return world
}

const isPost = ({ path }: { path: string }) => path === paths.token

// Pi 0.73.1 locks its file as it starts as well, and gives that up after a fifth of a second.
test("Pi 1.5.2 waits while aim posts, and then uses the pair that aim got", async () => {
  await using world = await due()
  const dir = piHome(world.home)
  world.sim.addFault({ path: paths.token, kind: "hold" })
  const refreshing = world.json("refresh boss --force")
  await world.sim.arrived(isPost)
  expect(existsSync(lockOf(dir))).toBe(true)
  const turn = world.turn(PI)
  await untilReading(world, dir)
  expect(world.seen("token_refresh")).toHaveLength(1)
  world.sim.release()
  await refreshing
  expect((await turn).stdout.trim()).toBe("simulated answer for boss")
  expect(world.seen("token_refresh")).toHaveLength(1)
  expect(world.doublePosts()).toBe(0)
  expect(existsSync(lockOf(dir))).toBe(false)
})

test.each(BOTH)(
  "aim waits while Pi %s posts, takes its pair in and posts nothing",
  async (_, pi) => {
    await using world = await due()
    const dir = piHome(world.home)
    world.sim.addFault({ path: paths.token, kind: "hold" })
    const turn = world.turn(pi)
    await world.sim.arrived(isPost)
    const before = await piRefreshToken(dir)
    const refreshing = world.json<{ labels: { outcome: string }[] }>("refresh boss --force")
    await Bun.sleep(1_000)
    expect(world.seen("token_refresh")).toHaveLength(1)
    world.sim.release()
    expect((await turn).stdout.trim()).toBe("simulated answer for boss")
    expect((await refreshing).labels).toMatchObject([{ outcome: "captured" }])
    const renewed = await piRefreshToken(dir)
    expect(renewed).not.toBe(before)
    const stored = (await world.vault()).credentials["openai-codex"]?.boss
    expect(stored?.refresh).toBe(renewed)
    expect(world.doublePosts()).toBe(0)
  },
)

/** Pi has started and tried the lock at least for a while; what it does then is what counts. */
async function untilReading(world: PiWorld, dir: string): Promise<void> {
  const until = Date.now() + 4_000
  while (Date.now() < until && world.seen("turn").length === 0) {
    if (!existsSync(lockOf(dir))) throw new Error("aim let its lock go while it posted")
    await Bun.sleep(100)
  }
}
