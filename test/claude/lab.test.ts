import { describe, expect, test } from "bun:test"
import { stat } from "node:fs/promises"
import { connect } from "node:net"
import { sha256 } from "../../src/system/hash.ts"
import { claudePaths, writeClaudeHome } from "../support/claude-fixtures.ts"
import { logInByClaude } from "../support/claude-login.ts"
import { openClaudeSession } from "../support/claude-session.ts"
import { openClaudeWorld } from "../support/claude-world.ts"

/** What the other tests of this lane rest on: the real Claude Code against the simulator, no aim. */

const MINUTE = 60_000

describe("the pinned Claude Code", () => {
  test("is the one whose facts this project knows, and says who is logged in", async () => {
    await using world = await openClaudeWorld()
    const version = await world.claude(["--version"])
    expect(version.stdout).toBe("2.1.329 (Claude Code)\n")
    const login = await world.claudeHome("a")
    const { email, accountUuid, organizationUuid } = world.sim.claude.account("a")
    expect(await world.status()).toMatchObject({
      rc: 0,
      loggedIn: true,
      authMethod: "claude.ai",
      email,
      orgId: organizationUuid,
      subscriptionType: "max",
    })
    expect((await world.claudeHeld()).claudeAiOauth).toMatchObject({
      accessToken: login.accessToken,
      accountUuid,
    })
    expect(world.seen("token_refresh")).toEqual([])
  })

  test("sends a turn with the bearer of its store", async () => {
    await using world = await openClaudeWorld()
    const login = await world.claudeHome("a")
    expect(await world.turn()).toMatchObject({ rc: 0, stdout: "FAKE-REPLY for a\n" })
    expect(world.seen("turn")).toMatchObject([
      { account: "a", bearerHash: sha256(login.accessToken) },
    ])
  })

  test("renews an expired login by one post, and keeps what stands beside it", async () => {
    await using world = await openClaudeWorld()
    const { sim, home } = world
    const login = sim.claude.mintLogin("a", { expiresInSeconds: -60 })
    const mcpOAuth = { "some-server": { accessToken: "of another" } }
    await writeClaudeHome(home, sim.claude.files(login), { credentials: { mcpOAuth } })
    expect(await world.turn()).toMatchObject({ rc: 0, stdout: "FAKE-REPLY for a\n" })
    expect(world.seen("token_refresh")).toMatchObject([
      { refreshTokenHash: login.refreshTokenHash, outcome: "refreshed" },
    ])
    const held = await world.claudeHeld()
    expect(sim.liveRefreshTokens("a")).toEqual([String(held.claudeAiOauth.refreshToken)])
    expect(held.credentials.mcpOAuth).toEqual(mcpOAuth)
    expect(held.claudeAiOauth.scopes).toEqual([...login.scopes])
    const { mode } = await stat(claudePaths(home).credentials)
    expect(mode & 0o777).toBe(0o600)
  })

  test("renews two minutes before the end, and asks again after a 401", async () => {
    for (const spoil of ["early", "refused"] as const) {
      await using world = await openClaudeWorld()
      await world.claudeHome("a", spoil === "early" ? { expiresInSeconds: 120 } : {})
      if (spoil === "refused") world.sim.expire("a", "access")
      expect(await world.turn()).toMatchObject({ rc: 0, stdout: "FAKE-REPLY for a\n" })
      expect(world.seen("token_refresh")).toHaveLength(1)
    }
  })

  test("two at once post an expired login's refresh token once", async () => {
    await using world = await openClaudeWorld()
    await world.claudeHome("a", { expiresInSeconds: -60 })
    world.sim.addFault({ kind: "delay", path: "/v1/oauth/token", headersMs: 500 })
    const turns = await Promise.all([world.turn(), world.turn()])
    expect(turns.map(({ rc }) => rc)).toEqual([0, 0])
    expect(world.seen("token_refresh")).toHaveLength(1)
  })

  test("empties its store when the login is dead", async () => {
    await using world = await openClaudeWorld()
    await world.claudeHome("a", { expiresInSeconds: -60 })
    world.sim.revoke("a")
    const turn = await world.turn()
    expect(turn.rc).toBe(1)
    expect((await world.claudeHeld()).claudeAiOauth).toMatchObject({
      accessToken: "",
      refreshToken: "",
      expiresAt: 0,
      organizationUuid: world.sim.claude.account("a").organizationUuid,
    })
    expect(await world.status()).toMatchObject({ rc: 1, loggedIn: false })
  })

  test("takes up a login that was put into its store between two turns", async () => {
    await using world = await openClaudeWorld()
    const { sim, home, place } = world
    await world.claudeHome("a")
    await using session = await openClaudeSession(place)
    expect((await session.say("one")).result).toBe("FAKE-REPLY for a")
    // The store's time is what Claude looks at, in whole milliseconds.
    await Bun.sleep(20)
    await writeClaudeHome(home, sim.claude.files(sim.claude.mintLogin("b")))
    expect((await session.say("two")).result).toBe("FAKE-REPLY for b")
  })

  test("says that the 5-hour limit is reached", async () => {
    await using world = await openClaudeWorld()
    await world.claudeHome("a")
    const resets_at = new Date(Date.now() + 90 * MINUTE).toISOString()
    world.sim.claude.setUsage("a", { five_hour: { utilization: 100, resets_at } })
    const turn = await world.turn()
    expect(turn.rc).toBe(1)
    expect(turn.stdout).toContain("hit your 5-hour limit")
    expect(world.seen("turn").at(-1)).toMatchObject({ outcome: "usage_limit_reached" })
  })
})

describe("its logins", () => {
  test("a login over another revokes nothing; a logout revokes and removes", async () => {
    await using world = await openClaudeWorld()
    const { sim, place } = world
    for (const name of ["a", "b"]) {
      expect(await logInByClaude(place, sim, name)).toMatchObject({ rc: 0 })
      expect((await world.claudeHeld()).oauthAccount.emailAddress).toBe(`${name}@example.test`)
    }
    expect(world.seen("revoke")).toEqual([])
    expect(sim.liveRefreshTokens("a")).toHaveLength(1)
    const { refreshToken } = (await world.claudeHeld()).claudeAiOauth
    expect(await world.claude(["auth", "logout"])).toMatchObject({ rc: 0 })
    expect(world.seen("revoke")).toMatchObject([
      { account: "b", refreshTokenHash: sha256(String(refreshToken)), outcome: "revoked" },
    ])
    expect(sim.liveRefreshTokens("b")).toEqual([])
    expect(await Bun.file(claudePaths(world.home).credentials).exists()).toBe(false)
  })
})

test("every host but Claude's own two is refused and fails the test", async () => {
  const world = await openClaudeWorld()
  const { port } = new URL(world.wire.proxyUrl)
  const reply = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), "127.0.0.1")
    socket.on("data", (data) => resolve(data.toString()))
    socket.on("error", reject)
    socket.write("CONNECT example.test:443 HTTP/1.1\r\n\r\n")
  })
  expect(reply).toStartWith("HTTP/1.1 403")
  expect(world.wire.strays).toEqual(["example.test:443"])
  await expect(world[Symbol.asyncDispose]()).rejects.toThrow("example.test:443")
})

test("the lane's tests can reach nothing but loopback", async () => {
  const outside = fetch("https://1.1.1.1/", { signal: AbortSignal.timeout(5_000) })
  const isSealed = await outside.then(() => false).catch(() => true)
  expect(isSealed || process.env.AIM_TEST_SEALED !== "1").toBe(true)
})
