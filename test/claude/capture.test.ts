import { expect, test } from "bun:test"
import { logInByClaude } from "../support/claude-login.ts"
import { openClaudeWorld } from "../support/claude-world.ts"

/** Logins that a person made with the real Claude, one over the other, become labels. */

test("each login is captured as its label, none is revoked, and both serve again", async () => {
  await using world = await openClaudeWorld()
  const { sim, place } = world
  for (const name of ["a", "b"]) {
    expect(await logInByClaude(place, sim, name)).toMatchObject({ rc: 0 })
    const captured = await world.json<object>(`claude capture-native ${name}`)
    const { organizationUuid } = sim.claude.account(name)
    expect(captured).toMatchObject({ ok: true, label: name, accountId: organizationUuid })
    expect(sim.liveRefreshTokens(name)).toEqual([(await world.stored(name)).refresh])
  }
  expect(world.seen("revoke")).toEqual([])
  for (const name of ["a", "b"]) {
    await world.use(name)
    expect(await world.turn()).toMatchObject({ rc: 0, stdout: `FAKE-REPLY for ${name}\n` })
  }
})

test("a login of another account is not captured as a label that has its own", async () => {
  await using world = await openClaudeWorld()
  const { sim, place } = world
  await logInByClaude(place, sim, "a")
  await world.json("claude capture-native a")
  const before = await world.stored("a")
  await logInByClaude(place, sim, "b")
  const refused = await world.aim("claude capture-native a")
  expect(refused.code).toBe(1)
  expect(await world.stored("a")).toMatchObject({ refresh: before.refresh })
})
