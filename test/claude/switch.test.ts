import { describe, expect, test } from "bun:test"
import { sha256 } from "../../src/system/hash.ts"
import { readClaudeHome } from "../support/claude-fixtures.ts"
import { openClaudeSession } from "../support/claude-session.ts"
import { openClaudeWorld } from "../support/claude-world.ts"

/** Switches of the compiled aim between turns of the real Claude Code, and in the midst of them. */

const TOKEN = "/v1/oauth/token"

test("Claude is who aim says, by tokens and by name, label after label", async () => {
  await using world = await openClaudeWorld()
  for (const name of ["a", "b"]) await world.claudeLabel(name)
  for (const name of ["a", "b", "a"]) {
    expect(await world.use(name)).toMatchObject({ label: name, status: "activated" })
    const held = await world.claudeHeld()
    const { email, accountUuid, organizationUuid } = world.sim.claude.account(name)
    expect(held.claudeAiOauth).toMatchObject({ accountUuid, organizationUuid })
    expect(held.oauthAccount).toMatchObject({ accountUuid, emailAddress: email })
    expect(held.appState).toMatchObject({
      hasCompletedOnboarding: true,
      hasAvailableSubscription: true,
    })
    expect(await world.status()).toMatchObject({
      rc: 0,
      loggedIn: true,
      authMethod: "claude.ai",
      email,
      orgId: organizationUuid,
    })
    expect(await world.turn()).toMatchObject({ rc: 0, stdout: `FAKE-REPLY for ${name}\n` })
    const bearer = sha256(String((await world.claudeHeld()).claudeAiOauth.accessToken))
    expect(world.seen("turn").at(-1)).toMatchObject({ account: name, bearerHash: bearer })
  }
  expect(world.doublePosts()).toBe(0)
})

test("a pair that Claude renewed is taken in by the next switch, and serves again", async () => {
  await using world = await openClaudeWorld()
  const { sim } = world
  for (const name of ["a", "b"]) await world.claudeLabel(name)
  await world.use("a")
  sim.expire("a", "access")
  expect(await world.turn()).toMatchObject({ rc: 0, stdout: "FAKE-REPLY for a\n" })
  expect(world.seen("token_refresh")).toHaveLength(1)
  const rotated = (await world.claudeHeld()).claudeAiOauth
  const receipt = await world.use("b")
  expect(receipt.preSwitchSync).toMatchObject({ synced: true, label: "a" })
  expect(receipt.preSwitchSync?.rotatedFields).toEqual(
    expect.arrayContaining(["accessToken", "refreshToken"]),
  )
  expect((await world.stored("a")).refresh).toBe(String(rotated.refreshToken))
  expect(await world.use("a")).toMatchObject({ preSwitchSync: { synced: false } })
  expect(await world.turn()).toMatchObject({ rc: 0, stdout: "FAKE-REPLY for a\n" })
  expect(world.seen("turn").at(-1)?.bearerHash).toBe(sha256(String(rotated.accessToken)))
  expect(world.seen("token_refresh")).toHaveLength(1)
  expect(world.doublePosts()).toBe(0)
})

describe("a login that died in Claude's hands", () => {
  test("is an empty store, which never takes the place of what is stored", async () => {
    await using world = await openClaudeWorld()
    for (const name of ["a", "b"]) await world.claudeLabel(name)
    await world.use("a")
    const good = await world.stored("a")
    world.sim.revoke("a")
    expect(await world.turn()).toMatchObject({ rc: 1 })
    expect((await world.claudeHeld()).claudeAiOauth.refreshToken).toBe("")
    const receipt = await world.use("b")
    expect(receipt).toMatchObject({ label: "b", preSwitchSync: { synced: false } })
    expect(await world.stored("a")).toMatchObject({ access: good.access, refresh: good.refresh })
    expect(await world.turn()).toMatchObject({ rc: 0, stdout: "FAKE-REPLY for b\n" })
    // That its stored pair is dead too is the issuer's to say.
    await world.aim("refresh a --force")
    const shown = await world.json<{ accounts: { label: string; operator: object }[] }>("status")
    expect(shown.accounts.find(({ label }) => label === "a")?.operator).toMatchObject({
      status: "reauth",
      detailReason: "expired_credentials",
    })
  })
})

test("a switch in the midst of a refresh of three seconds loses neither login", async () => {
  await using world = await openClaudeWorld()
  const { sim } = world
  for (const name of ["a", "b"]) await world.claudeLabel(name)
  await world.use("a")
  sim.expire("a", "access")
  sim.addFault({ kind: "delay", path: TOKEN, headersMs: 3_000, times: 1 })
  const turn = world.turn()
  await sim.arrived(({ kind }) => kind === "token_refresh")
  const receipt = await world.use("b")
  expect(receipt).toMatchObject({ label: "b", preSwitchSync: { synced: true, label: "a" } })
  expect(sim.liveRefreshTokens("a")).toEqual([(await world.stored("a")).refresh])
  expect(sim.liveRefreshTokens("b")).toEqual([(await world.stored("b")).refresh])
  const held = await world.claudeHeld()
  expect(held.claudeAiOauth.refreshToken).toBe((await world.stored("b")).refresh)
  expect(held.oauthAccount.emailAddress).toBe("b@example.test")
  expect((await turn).rc).toBe(0)
  expect(await readClaudeHome(world.home)).toMatchObject({
    claudeAiOauth: { refreshToken: (await world.stored("b")).refresh },
  })
  expect(world.doublePosts()).toBe(0)
})

test("a running session goes on across switches, each turn with the label of its time", async () => {
  await using world = await openClaudeWorld()
  for (const name of ["a", "b"]) await world.claudeLabel(name)
  await world.use("a")
  await using session = await openClaudeSession(world.place)
  for (const name of ["a", "b", "a"]) {
    await world.use(name)
    expect((await session.say("hi")).result).toBe(`FAKE-REPLY for ${name}`)
  }
  expect(world.doublePosts()).toBe(0)
})

test("aim and Claude at once post an expired login's refresh token once", async () => {
  for (const order of ["aim first", "claude first"] as const) {
    await using world = await openClaudeWorld()
    const { sim } = world
    for (const name of ["a", "b"]) await world.claudeLabel(name)
    await world.use("a")
    sim.expire("a", "access")
    sim.addFault({ kind: "delay", path: TOKEN, headersMs: 1_500, times: 1 })
    const isPost = ({ kind }: { kind: string }) => kind === "token_refresh"
    const starts = [() => world.aim("refresh a --force"), () => world.turn()] as const
    const [first, second] = order === "aim first" ? starts : starts.toReversed()
    const begun = first?.()
    await sim.arrived(isPost)
    await Promise.all([begun, second?.()])
    expect(world.doublePosts()).toBe(0)
    expect(sim.liveRefreshTokens("a")).toContain((await world.stored("a")).refresh)
    expect(await world.turn()).toMatchObject({ rc: 0, stdout: "FAKE-REPLY for a\n" })
  }
})
