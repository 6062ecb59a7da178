import { expect, test } from "bun:test"
import { openWorld, type World } from "../support/world.ts"
import { diedWhilePosting, runWithFaults } from "./support/fault-run.ts"
import { setStage } from "./support/stage.ts"
import { leftovers, newestToken, placesOf, tornFiles } from "./support/token-places.ts"

const LOGIN = "login boss --provider openai-codex --device-code --json"

async function readiness(world: World): Promise<string> {
  const { account } = await world.json<{ account: { readiness: { code: string } } }>(
    "account show boss",
  )
  return account.readiness.code
}

/**
 * Kills a login at each of its steps. What must hold after each: nothing torn, the login that the
 * issuer handed out is somewhere that aim takes it up from (but for the reply that was in hand),
 * and the same command, typed again, ends with a label that is ready.
 */
async function killedEverywhere(prepare: (world: World) => Promise<void>) {
  await using world = await openWorld([{ name: "boss" }])
  world.sim.typeDevices("boss")
  await prepare(world)
  await using stage = await setStage(world)
  let kills = 0
  let lost = 0
  for (;;) {
    await stage.reset()
    const held = newestToken(world, "boss")
    const run = await runWithFaults(world, stage.record, LOGIN, kills + 1)
    if (!run.killed) {
      expect(run.result.code, run.result.stdout).toBe(0)
      break
    }
    kills += 1
    const where = `killed at ${kills}: ${run.points.at(-1)?.step} ${run.points.at(-1)?.place}`
    expect(await tornFiles(world), where).toEqual([])
    const given = newestToken(world, "boss")
    const wasHandedOut = given !== null && given !== held
    if (wasHandedOut && diedWhilePosting(run.points)) lost += 1
    else if (wasHandedOut) expect(await placesOf(world, given), where).not.toEqual([])
    const again = await world.aim(LOGIN)
    expect([again.code, again.stdout], where).toEqual([0, expect.stringContaining('"ok": true')])
    expect(await readiness(world), where).toBe("ready")
    expect((await world.vault()).quarantine ?? [], where).toEqual([])
    const stored = (await world.vault()).credentials["openai-codex"]?.boss?.refresh
    expect(world.sim.liveRefreshTokens("boss"), where).toContain(String(stored))
    expect(await leftovers(world), where).toEqual([])
  }
  return { kills, lost }
}

test("a login of a new label, killed at every step", async () => {
  const { kills, lost } = await killedEverywhere(async (world) => {
    await world.json("account list")
  })
  expect(kills).toBeGreaterThan(15)
  expect(lost).toBeLessThanOrEqual(4)
}, 180_000)

test("a login that mends a dead label, killed at every step", async () => {
  const { kills } = await killedEverywhere(async (world) => {
    await world.label("boss")
    world.sim.revoke("boss")
    await world.aim("refresh boss --force")
  })
  expect(kills).toBeGreaterThan(15)
}, 180_000)
