import { afterEach, describe, expect, test } from "bun:test"
import type { ClaudeAccountOptions } from "../../src/simulator/claude-account.ts"
import type { Simulator, SimulatorOptions } from "../../src/simulator/contract.ts"
import { postsOf, reuses } from "../../src/simulator/request-log.ts"
import { startSimulator } from "../../src/simulator/simulator.ts"
import { CANARY } from "../../src/simulator/tokens.ts"
import { sha256Base64Url } from "../../src/system/hash.ts"

const AT = Date.UTC(2026, 10, 21, 12)
let at = AT
let running: Simulator | null = null
function start(claude: Omit<ClaudeAccountOptions, "name"> = {}, options: SimulatorOptions = {}) {
  at = AT
  const claudeAccounts = [{ name: "lessons", ...claude }, { name: "studio" }]
  running = startSimulator({ claudeAccounts, clock: () => at, ...options })
  return running
}
afterEach(() => running?.stop())

type Json = Record<string, unknown>
function post(sim: Simulator, path: string, body: Json): Promise<Response> {
  const headers = { "content-type": "application/json" }
  return fetch(`${sim.url}${path}`, { method: "POST", headers, body: JSON.stringify(body) })
}
function refresh(sim: Simulator, refresh_token: string, more: Json = {}): Promise<Response> {
  const body = { grant_type: "refresh_token", client_id: "c", refresh_token, ...more }
  return post(sim, "/v1/oauth/token", body)
}
function get(sim: Simulator, path: string, token: string): Promise<Response> {
  return fetch(`${sim.url}${path}`, { headers: { authorization: `Bearer ${token}` } })
}

describe("the refresh grant", () => {
  test("hands out a new pair with scope, lifetimes and owner, once", async () => {
    const sim = start()
    const login = sim.claude.mintLogin("lessons")
    at += 1_000_000
    const reply = await refresh(sim, login.refreshToken)
    expect(reply.status).toBe(200)
    const body = (await reply.json()) as Record<string, string>
    const { accountUuid, organizationUuid } = sim.claude.account("lessons")
    expect(body).toMatchObject({
      expires_in: 28_800,
      refresh_token_expires_in: 2_592_000 - 1_000,
      scope: login.scopes.join(" "),
      account: { uuid: accountUuid, email_address: "lessons@example.test" },
      organization: { uuid: organizationUuid, name: "lessons's Organization" },
    })
    const again = await refresh(sim, login.refreshToken)
    expect([again.status, await again.json()]).toMatchObject([400, { error: "invalid_grant" }])
    expect(reuses(sim.log())).toMatchObject([{ account: "lessons", kind: "token_refresh" }])
    expect(postsOf(sim.log(), login.refreshToken)).toBe(2)
    expect(sim.liveRefreshTokens("lessons")).toEqual([String(body.refresh_token)])
    expect((await get(sim, "/api/oauth/usage", String(body.access_token))).status).toBe(200)
  })

  test("refuses a wider scope than was granted where the account is such", async () => {
    const sim = start({ refusesWiderScope: true })
    const scopes = ["user:profile", "user:inference"]
    const { refreshToken } = sim.claude.mintLogin("lessons", { scopes })
    const wider = await refresh(sim, refreshToken, { scope: "user:profile user:plugins" })
    expect([wider.status, await wider.json()]).toMatchObject([400, { error: "invalid_scope" }])
    const same = await refresh(sim, refreshToken, { scope: "user:profile user:inference" })
    expect(await same.json()).toMatchObject({ scope: "user:profile user:inference" })
  })

  test("says what is dead as the real one does, and the log says why", async () => {
    const sim = start()
    const [expired, revoked] = [sim.claude.mintLogin("lessons"), sim.claude.mintLogin("studio")]
    sim.expire("lessons", "refresh")
    await post(sim, "/v1/oauth/token/revoke", { token: revoked.refreshToken })
    const say = async (token: string) => (await refresh(sim, token)).json()
    expect(await say(expired.refreshToken)).toEqual({
      error: "invalid_grant",
      error_description: "Refresh token expired",
    })
    expect(await say(revoked.refreshToken)).toMatchObject({
      error_description: "Refresh token not found or invalid",
    })
    expect(sim.log().map(({ outcome }) => outcome)).toEqual([
      "revoked",
      "refresh_token_expired",
      "refresh_token_invalidated",
    ])
    expect(JSON.stringify(sim.log())).not.toContain(CANARY)
  })

  test("a pair that came later ends later, however soon it came", async () => {
    const sim = start()
    at += 900
    const login = sim.claude.mintLogin("lessons")
    at += 5
    const body = (await (await refresh(sim, login.refreshToken)).json()) as { expires_in: number }
    expect(at + body.expires_in * 1000).toBe(login.expiresAt + 5)
  })

  test("remembers and restores what Claude tokens are good for", async () => {
    const sim = start()
    const { refreshToken } = sim.claude.mintLogin("lessons")
    const restore = sim.rememberTokens()
    await refresh(sim, refreshToken)
    sim.revoke("lessons")
    expect(sim.liveRefreshTokens("lessons")).toEqual([])
    restore()
    expect(sim.liveRefreshTokens("lessons")).toEqual([refreshToken])
  })

  test("another account's tokens are Claude tokens too", async () => {
    const sim = start()
    sim.addFault({ kind: "other_account", path: "/v1/oauth/token", as: "studio" })
    const reply = await refresh(sim, sim.claude.mintLogin("lessons").refreshToken)
    expect(await reply.json()).toMatchObject({ account: { email_address: "studio@example.test" } })
  })
})

test("a code is redeemed once, by whoever has the verifier", async () => {
  const sim = start()
  const redirectUri = "https://platform.claude.com/oauth/code/callback"
  const grant = () => {
    return sim.claude.grantCode("lessons", { challenge: sha256Base64Url("verifier"), redirectUri })
  }
  const redeem = async (code: string, verifier: string) => {
    const body = { grant_type: "authorization_code", client_id: "c", state: "s" }
    return post(sim, "/v1/oauth/token", {
      ...body,
      code,
      code_verifier: verifier,
      redirect_uri: redirectUri,
    })
  }
  const code = grant()
  expect(await (await redeem(code, "verifier")).json()).toMatchObject({
    account: { email_address: "lessons@example.test" },
  })
  expect((await redeem(code, "verifier")).status).toBe(400)
  expect((await redeem(grant(), "another")).status).toBe(400)
})

describe("usage", () => {
  test("speaks of every window in limits and in the older keys", async () => {
    const resets_at = "2026-11-24T00:00:00.000Z"
    const sim = start({
      five_hour: { utilization: 37, resets_at: "2026-11-21T14:00:00.000Z" },
      seven_day_opus: { utilization: 81, resets_at },
      scoped: [{ model: "Fable", percent: 100, resets_at }],
    })
    const token = sim.claude.mintLogin("lessons").accessToken
    const body = (await (await get(sim, "/api/oauth/usage", token)).json()) as {
      limits: { kind: string; percent: number; scope: unknown }[]
    }
    expect(body).toMatchObject({ five_hour: { utilization: 37 }, seven_day_sonnet: null })
    expect(body.limits.map(({ kind, percent }) => [kind, percent])).toEqual([
      ["session", 37],
      ["weekly_all", 0],
      ["weekly_scoped", 81],
      ["weekly_scoped", 100],
    ])
    expect(body.limits.at(-1)).toMatchObject({ scope: { model: { display_name: "Fable" } } })
    at = Date.parse("2026-11-21T14:00:00.001Z")
    expect(await (await get(sim, "/api/oauth/usage", token)).json()).toMatchObject({
      five_hour: { utilization: 0, resets_at: "2026-11-21T19:00:00.000Z" },
    })
  })

  test("leaves either source out, or lets limits say something else", async () => {
    const sim = start()
    const token = sim.claude.mintLogin("lessons").accessToken
    const body = async () => (await (await get(sim, "/api/oauth/usage", token)).json()) as Json
    sim.claude.setUsage("lessons", { limits: false })
    expect(await body()).not.toHaveProperty("limits")
    sim.claude.setUsage("lessons", { limits: [{ kind: "session", percent: 5 }], older_keys: false })
    const said = await body()
    expect(said.limits).toEqual([{ kind: "session", percent: 5 }])
    expect(said).not.toHaveProperty("five_hour")
  })

  test("refuses the unknown, the expired, and a login without user:profile", async () => {
    const sim = start()
    const ask = (token: string) => get(sim, "/api/oauth/usage", token)
    expect((await ask("nobody")).status).toBe(401)
    expect(
      (await ask(sim.claude.mintLogin("lessons", { expiresInSeconds: -1 }).accessToken)).status,
    ).toBe(401)
    const narrow = sim.claude.mintLogin("lessons", { scopes: ["user:inference"] })
    const reply = await ask(narrow.accessToken)
    expect(reply.status).toBe(403)
    expect(await reply.text()).toContain("scope requirement user:profile")
  })

  test("answers so many readings an hour, then 429 until the oldest is an hour old", async () => {
    const sim = start({ usageReadsAnHour: 2 })
    const token = sim.claude.mintLogin("lessons").accessToken
    const ask = async () => get(sim, "/api/oauth/usage", token)
    expect((await ask()).status).toBe(200)
    at += 600_000
    expect((await ask()).status).toBe(200)
    const refused = await ask()
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "3000"])
    at += 3_000_000
    expect((await ask()).status).toBe(200)
  })
})

test("a turn names who served, burns quota, and is refused with the unified headers", async () => {
  const sim = start({ turn_cost_percent: 60 })
  const { accessToken } = sim.claude.mintLogin("lessons")
  const turn = () => {
    const init = { method: "POST", headers: { authorization: `Bearer ${accessToken}` }, body: "{}" }
    return fetch(`${sim.url}/v1/messages?beta=true`, init)
  }
  const first = await turn()
  expect(await first.text()).toContain("FAKE-REPLY for lessons")
  expect(first.headers.get("anthropic-ratelimit-unified-5h-utilization")).toBe("0.6")
  await turn()
  const refused = await turn()
  expect(refused.status).toBe(429)
  expect(refused.headers.get("anthropic-ratelimit-unified-status")).toBe("rejected")
  expect(refused.headers.get("anthropic-ratelimit-unified-representative-claim")).toBe("seven_day")
  expect(await get(sim, "/api/oauth/profile", accessToken).then((r) => r.json())).toMatchObject({
    account: { email: "lessons@example.test" },
    organization: { organization_type: "claude_max" },
  })
})

test("a web session shows its organisations and the usage of those alone", async () => {
  const sim = start({ five_hour: { utilization: 12, resets_at: null } })
  const [lessons, studio] = [sim.claude.account("lessons"), sim.claude.account("studio")]
  const cookie = `a=b; sessionKey=${sim.claude.webSession("lessons")}`
  const ask = (path: string, header = cookie) => {
    return fetch(`${sim.url}/api/organizations${path}`, { headers: { cookie: header } })
  }
  expect(await (await ask("")).json()).toMatchObject([{ uuid: lessons.organizationUuid }])
  const usage = await ask(`/${lessons.organizationUuid}/usage`)
  expect(await usage.json()).toMatchObject({ five_hour: { utilization: 12 } })
  expect((await ask(`/${studio.organizationUuid}/usage`)).status).toBe(404)
  expect((await ask("", "sessionKey=other")).status).toBe(403)
  expect(sim.log().map(({ kind }) => kind)).toEqual([
    "organizations",
    "web_usage",
    "web_usage",
    "organizations",
  ])
})

test("files are those of Claude Code's own login", () => {
  const sim = start({ organizationType: "claude_pro", rateLimitTier: "default_claude_ai" })
  const login = sim.claude.mintLogin("lessons")
  const { claudeAiOauth, oauthAccount } = sim.claude.files(login)
  expect(claudeAiOauth).toMatchObject({
    accessToken: login.accessToken,
    expiresAt: AT + 28_800_000,
    subscriptionType: "pro",
    accountUuid: oauthAccount.accountUuid,
    organizationUuid: oauthAccount.organizationUuid,
  })
  expect(login.accessToken).toContain(CANARY)
})
