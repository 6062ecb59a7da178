import { describe, expect, test } from "bun:test"
import { readFileSync, statSync } from "node:fs"
import { sha256 } from "../../src/system/hash.ts"
import { startAppServer } from "../support/app-server.ts"
import { openCodexLab } from "../support/codex-lab.ts"
import { execTurn, runCodex } from "../support/real-codex.ts"
import { makeThrowawayCa } from "../support/throwaway-ca.ts"

/** The laboratory itself, without aim: the real Codex CLI 0.169.0 against the simulator. */

const noRetries = { request_max_retries: 0, stream_max_retries: 0 }

test("a sealed lane has no network but loopback", () => {
  const names = readFileSync("/proc/net/dev", "utf8").match(/^\s*[^\s:]+(?=:)/gm) ?? []
  const onlyLoopback = names.every((name) => name.trim() === "lo")
  expect(onlyLoopback || process.env.AIM_TEST_SEALED !== "1").toBe(true)
})

describe("one turn", () => {
  for (const [name, ca] of [
    ["a custom provider over http", undefined],
    ["the built-in provider over TLS, after a refused WebSocket", makeThrowawayCa],
  ] as const) {
    test(`through ${name}: right bearer, right account header, rc 0`, async () => {
      await using lab = await openCodexLab(ca === undefined ? {} : { ca: await ca() })
      const { rc, answer } = await execTurn(lab.home)
      expect([rc, answer]).toEqual([0, "simulated answer for boss"])
      expect(lab.seen("turn")).toMatchObject([
        {
          status: 200,
          bearerHash: sha256(lab.login.accessToken),
          accountHeader: lab.login.accountId,
        },
      ])
      expect(lab.seen("upgrade").map((entry) => entry.status)).toEqual(
        ca === undefined ? [] : [426],
      )
      expect(lab.seen("token_refresh")).toEqual([])
    })
  }

  test("without last_refresh begins without Authorization, and the 401 costs a refresh, though login status passes", async () => {
    await using lab = await openCodexLab({ edit: ({ last_refresh: _, ...rest }) => rest })
    expect((await runCodex(lab.home, ["login", "status"])).rc).toBe(0)
    await execTurn(lab.home)
    expect(lab.seen("accounts_check")[0]).toMatchObject({
      bearerHash: null,
      accountHeader: lab.login.accountId,
      status: 401,
    })
    expect(lab.seen("token_refresh")).toMatchObject([
      {
        refreshReason: "unauthorized_recovery",
        refreshTokenHash: lab.login.refreshTokenHash,
        outcome: "refreshed",
      },
    ])
    expect((await lab.home.readAuth()).last_refresh).toBeString()
  })

  test("without tokens.account_id goes out without the account header", async () => {
    await using lab = await openCodexLab({
      provider: noRetries,
      edit: ({ tokens: { account_id: _, ...tokens }, ...rest }) => ({ ...rest, tokens }),
    })
    expect((await execTurn(lab.home)).rc).toBe(1)
    expect(lab.seen("turn").length).toBeGreaterThan(0)
    for (const entry of lab.seen("turn")) {
      expect(entry).toMatchObject({ bearerAccount: "boss", accountHeader: null, status: 403 })
    }
  })

  test("on a spent account asks once and names the limit", async () => {
    await using lab = await openCodexLab()
    lab.sim.setUsage("boss", { primary: { used_percent: 100 } })
    const { rc, failure } = await execTurn(lab.home)
    expect(rc).toBe(1)
    expect(failure).toContain("hit your usage limit")
    expect(lab.seen("turn")).toHaveLength(1)
  })
})

describe("an expired access token", () => {
  test("is refreshed by Codex with one post; the file is rotated and keeps the login's record", async () => {
    await using lab = await openCodexLab({ expiresInSeconds: -60 })
    const before = await lab.home.readAuth()
    expect((await execTurn(lab.home)).rc).toBe(0)
    expect(lab.seen("token_refresh")).toMatchObject([
      {
        outcome: "refreshed",
        refreshReason: "proactive_expiry",
        refreshTokenHash: lab.login.refreshTokenHash,
      },
    ])
    const after = await lab.home.readAuth()
    expect(after.tokens.refresh_token).not.toBe(before.tokens.refresh_token)
    expect(after.tokens).toEqual({
      ...before.tokens,
      id_token: after.tokens.id_token,
      access_token: after.tokens.access_token,
      refresh_token: after.tokens.refresh_token,
    })
    expect(Date.parse(after.last_refresh ?? "")).toBeGreaterThanOrEqual(
      Date.parse(before.last_refresh ?? "") - 1,
    )
    expect(statSync(lab.home.authPath).mode & 0o777).toBe(0o600)
    expect(lab.seen("turn")).toMatchObject([{ bearerHash: sha256(after.tokens.access_token) }])
  })

  for (const [name, kill, words] of [
    ["an expired", "expire", "has expired"],
    ["a revoked", "revoke", "was revoked"],
  ] as const) {
    test(`with ${name} refresh token: Codex says so and the file stays`, async () => {
      await using lab = await openCodexLab({ expiresInSeconds: -60 })
      if (kill === "expire") lab.sim.expire("boss", "refresh")
      else lab.sim.revoke("boss")
      const before = await lab.home.readAuth()
      const { rc, failure } = await execTurn(lab.home)
      expect(rc).toBe(1)
      expect(failure).toContain(words)
      expect(await lab.home.readAuth()).toEqual(before)
    })
  }
})

describe("app-server", () => {
  test("tells whose token it holds", async () => {
    await using lab = await openCodexLab()
    const server = await startAppServer(lab.home)
    expect(await server.authStatus()).toEqual({
      authMethod: "chatgpt",
      authToken: lab.login.accessToken,
    })
    await server.stop()
  })

  test("reads the simulator's usage, also of a spent account", async () => {
    await using lab = await openCodexLab()
    lab.sim.setUsage("boss", { primary: { used_percent: 100 }, secondary: { used_percent: 12 } })
    const server = await startAppServer(lab.home)
    expect(await server.call("account/rateLimits/read", {})).toMatchObject({
      rateLimits: {
        primary: { usedPercent: 100, windowDurationMins: 300 },
        secondary: { usedPercent: 12, windowDurationMins: 10_080 },
        planType: "plus",
        rateLimitReachedType: "rate_limit_reached",
      },
    })
    await server.stop()
  })
})

test("codex logout revokes the login at the provider and deletes the file", async () => {
  await using lab = await openCodexLab()
  expect((await runCodex(lab.home, ["logout"])).rc).toBe(0)
  expect(lab.seen("revoke")).toMatchObject([{ outcome: "revoked", account: "boss" }])
  expect(await Bun.file(lab.home.authPath).exists()).toBe(false)
})
