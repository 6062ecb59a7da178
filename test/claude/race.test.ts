import { expect, test } from "bun:test"
import { type ClaudeWorld, openClaudeWorld } from "../support/claude-world.ts"

/** Several aims and several of the real Claude at once; the simulator's log is the judge. */

/**
 * The one refresh token of each account that is still good lies in the vault or in the home. In the
 * vault's quarantine as well: a Claude that has asked for its profile writes the account over the one
 * that a switch has just put there, and a pair beside another's account is refused and kept.
 */
async function nothingLost(world: ClaudeWorld, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const live = world.sim.liveRefreshTokens(name)
    expect(live).toHaveLength(1)
    const { quarantine = [] } = await world.vault()
    const kept = quarantine.find(({ credential }) => credential.refresh === live[0])
    if (kept !== undefined) await world.json(`quarantine adopt ${kept.id} ${name}`)
    const held = (await world.claudeHeld()).claudeAiOauth.refreshToken
    expect([(await world.stored(name)).refresh, held]).toContain(live[0])
  }
}

test("switches, refreshes and turns at once lose no login and post none twice", async () => {
  await using world = await openClaudeWorld()
  const { sim } = world
  const names = ["a", "b"]
  for (const name of names) await world.claudeLabel(name)
  await world.use("a")
  sim.addFault({ kind: "delay", path: "/v1/oauth/token", headersMs: 400 })
  for (let round = 0; round < 3; round++) {
    for (const name of names) sim.expire(name, "access")
    const racers = await Promise.all([
      world.turn(),
      world.aim("claude use b --json"),
      world.aim("refresh a --force --json"),
      world.turn(),
      world.aim("claude use a --json"),
      world.aim("refresh b --json"),
    ])
    const turns = [racers[0], racers[3]]
    expect(turns.map(({ rc, stdout }) => [rc, /^FAKE-REPLY for [ab]\n$/.test(stdout)])).toEqual([
      [0, true],
      [0, true],
    ])
    expect(world.doublePosts()).toBe(0)
    await nothingLost(world, names)
  }
  sim.clearFaults()
  for (const name of names) {
    expect(await world.use(name)).toMatchObject({ label: name })
    expect(await world.turn()).toMatchObject({ rc: 0, stdout: `FAKE-REPLY for ${name}\n` })
    expect((await world.claudeHeld()).oauthAccount.emailAddress).toBe(`${name}@example.test`)
  }
  expect(world.doublePosts()).toBe(0)
})
