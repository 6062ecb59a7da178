import { expect, test } from "bun:test"
import { join } from "node:path"
import { type Point, runWithFaults } from "../e2e/support/fault-run.ts"
import { type ClaudeWorld, openClaudeWorld } from "../support/claude-world.ts"
import { tempFolder } from "../support/temp-folder.ts"

/**
 * Switches that are killed after each change that the real Claude can see: a lock made, a
 * file put in place. Every other step is killed at without it, in test/e2e.
 */

/** `a` is live, and Claude has renewed it; `b` is to come. */
async function prepared(): Promise<ClaudeWorld> {
  const world = await openClaudeWorld()
  for (const name of ["a", "b"]) await world.claudeLabel(name)
  await world.use("a")
  world.sim.expire("a", "access")
  expect(await world.turn()).toMatchObject({ rc: 0 })
  return world
}

const CHANGES = ["dirlock:made", "write:renamed"]

const isClaudes = (world: ClaudeWorld) => {
  const own = join(world.home, ".aimgr")
  return ({ step, place }: Point) => CHANGES.includes(step) && !place.startsWith(own)
}

test("killed after any of them, no login is lost, Claude goes on, and the next run ends it", async () => {
  const record = join(tempFolder("claude-crash"), "points")
  const command = "claude use b --json"
  let steps: number[] = []
  {
    await using world = await prepared()
    const { points, result } = await runWithFaults(world, record, command)
    expect(result.code, result.stderr).toBe(0)
    const seen = isClaudes(world)
    steps = points.flatMap((point, index) => (seen(point) ? [index + 1] : []))
  }
  expect(steps.length).toBeGreaterThanOrEqual(6)
  for (const step of steps) {
    await using world = await prepared()
    const run = await runWithFaults(world, record, command, step)
    const last = run.points.at(-1)
    const where = `killed at ${step}: ${last?.step} ${last?.place}`
    expect(run.killed, where).toBe(true)
    const turn = await world.turn()
    expect([turn.rc, turn.stdout], where).toEqual([
      0,
      expect.stringMatching(/^FAKE-REPLY for [ab]/),
    ])
    expect(await world.use("b"), where).toMatchObject({ label: "b" })
    expect(world.doublePosts(), where).toBe(0)
    const held = await world.claudeHeld()
    expect(held.oauthAccount.emailAddress, where).toBe("b@example.test")
    expect(held.claudeAiOauth.refreshToken, where).toBe((await world.stored("b")).refresh)
    for (const name of ["a", "b"])
      expect(world.sim.liveRefreshTokens(name), where).toEqual([(await world.stored(name)).refresh])
    expect((await world.turn()).stdout, where).toBe("FAKE-REPLY for b\n")
  }
}, 600_000)
