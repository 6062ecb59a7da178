import { expect } from "bun:test"
import { openWorld, type World } from "../../support/world.ts"
import { diedWhilePosting, recordSteps, runWithFaults } from "./fault-run.ts"
import { setStage } from "./stage.ts"
import { leftovers, newestToken, placesOf, tornFiles } from "./token-places.ts"

async function readiness(world: World): Promise<string> {
  const { account } = await world.json<{ account: { readiness: { code: string } } }>(
    "account show boss",
  )
  return account.readiness.code
}

/**
 * Kills a login at each of its steps that can leave something of its own. What must hold after each: nothing torn, the login that the
 * issuer handed out is somewhere that aim takes it up from (but for the reply that was in hand),
 * and the same command, typed again, ends with a label that is ready.
 * `prepare` gives the environment of each run.
 */
export async function killedEverywhere(
  command: string,
  prepare: (world: World) => Promise<Record<string, string>>,
): Promise<{ kills: number; lost: number }> {
  await using world = await openWorld([{ name: "boss" }])
  const env = await prepare(world)
  await using stage = await setStage(world)
  const { points, telling, result } = await recordSteps(world, stage.record, command, env)
  expect(result.code, result.stdout).toBe(0)
  let kills = 0
  let lost = 0
  for (const at of [...telling, points.length + 1]) {
    await stage.reset()
    const held = newestToken(world, "boss")
    const run = await runWithFaults(world, stage.record, command, at, env)
    expect(run.killed, `a run had other steps than the recorded one, at ${at}`).toBe(
      at <= points.length,
    )
    if (!run.killed) break
    kills += 1
    const where = `killed at ${at}: ${run.points.at(-1)?.step} ${run.points.at(-1)?.place}`
    expect(await tornFiles(world), where).toEqual([])
    const given = newestToken(world, "boss")
    const wasHandedOut = given !== null && given !== held
    if (wasHandedOut && diedWhilePosting(run.points)) lost += 1
    else if (wasHandedOut) expect(await placesOf(world, given), where).not.toEqual([])
    const again = await world.aim(command, { env })
    expect([again.code, again.stdout], where).toEqual([0, expect.stringContaining('"ok": true')])
    expect(await readiness(world), where).toBe("ready")
    expect((await world.vault()).quarantine ?? [], where).toEqual([])
    const stored = (await world.vault()).credentials["openai-codex"]?.boss?.refresh
    expect(world.sim.liveRefreshTokens("boss"), where).toContain(String(stored))
    expect(await leftovers(world), where).toEqual([])
  }
  return { kills, lost }
}
