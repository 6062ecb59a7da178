import { afterEach, describe, expect, test } from "bun:test"
import type { Simulator, SimulatorOptions } from "../../src/simulator/contract.ts"
import { postsOf, reuses } from "../../src/simulator/request-log.ts"
import { startSimulator } from "../../src/simulator/simulator.ts"
import { CANARY, CODEX_CLIENT_ID } from "../../src/simulator/tokens.ts"

let running: Simulator | null = null
function start(options: SimulatorOptions = {}): Simulator {
  running = startSimulator({ accounts: [{ name: "boss" }, { name: "qa" }], ...options })
  return running
}
afterEach(() => running?.stop())

const json = { "content-type": "application/json" }
function refresh(sim: Simulator, refresh_token: string): Promise<Response> {
  const body = { client_id: CODEX_CLIENT_ID, grant_type: "refresh_token", refresh_token }
  const init = { method: "POST", headers: json, body: JSON.stringify(body) }
  return fetch(`${sim.authUrl}/oauth/token`, init)
}

type Tokens = { id_token: string; access_token: string; refresh_token: string }

describe("the refresh grant", () => {
  test("hands out a new trio, once, and names the spent token a reuse", async () => {
    const sim = start()
    const login = sim.mintLogin("boss")
    const first = await refresh(sim, login.refreshToken)
    expect(first.status).toBe(200)
    const trio = (await first.json()) as Tokens
    expect(new Set([...Object.values(trio).slice(0, 3), login.refreshToken]).size).toBe(4)
    const second = await refresh(sim, login.refreshToken)
    expect(second.status).toBe(401)
    expect(await second.json()).toMatchObject({ error: { code: "refresh_token_reused" } })
    expect((await refresh(sim, trio.refresh_token)).status).toBe(200)
    expect(postsOf(sim.log(), login.refreshToken)).toBe(2)
    expect(reuses(sim.log())).toHaveLength(1)
  })

  test("takes a form as well as JSON", async () => {
    const sim = start()
    const { refreshToken } = sim.mintLogin("boss")
    const body = new URLSearchParams({
      client_id: CODEX_CLIENT_ID,
      grant_type: "refresh_token",
      refresh_token: refreshToken,
    })
    const response = await fetch(`${sim.authUrl}/oauth/token`, { method: "POST", body })
    expect(response.status).toBe(200)
    expect(sim.log()[0]).toMatchObject({ kind: "token_refresh", account: "boss" })
  })

  test("lets exactly one of many simultaneous posts win", async () => {
    const sim = start()
    const { refreshToken } = sim.mintLogin("boss")
    const replies = await Promise.all(Array.from({ length: 8 }, () => refresh(sim, refreshToken)))
    expect(replies.filter((reply) => reply.ok)).toHaveLength(1)
    expect(reuses(sim.log())).toHaveLength(7)
  })

  test("reuse kills the family only when told to", async () => {
    for (const [reuseRevokesFamily, after] of [
      [false, 200],
      [true, 401],
    ] as const) {
      const sim = start({ reuseRevokesFamily })
      const login = sim.mintLogin("boss")
      const other = sim.mintLogin("boss")
      const { refresh_token } = (await (await refresh(sim, login.refreshToken)).json()) as Tokens
      await refresh(sim, login.refreshToken)
      expect((await refresh(sim, refresh_token)).status).toBe(after)
      expect((await refresh(sim, other.refreshToken)).status).toBe(200)
      await sim.stop()
    }
  })

  const refusals: [string, (sim: Simulator) => string, number, object][] = [
    ["an unknown token", () => "rt_nobody", 400, { error: "invalid_grant" }],
    ["no token", () => "", 400, { error: "invalid_grant" }],
    [
      "an expired token",
      (sim) => {
        const { refreshToken } = sim.mintLogin("boss")
        sim.expire("boss", "refresh")
        return refreshToken
      },
      401,
      { error: { code: "refresh_token_expired" } },
    ],
    [
      "a revoked token",
      (sim) => {
        const { refreshToken } = sim.mintLogin("boss")
        sim.revoke("boss")
        return refreshToken
      },
      401,
      { error: { code: "refresh_token_invalidated" } },
    ],
  ]
  for (const [name, make, status, body] of refusals) {
    test(`refuses ${name}`, async () => {
      const sim = start()
      const response = await refresh(sim, make(sim))
      expect(response.status).toBe(status)
      expect(await response.json()).toMatchObject(body)
    })
  }

  test("refuses another grant and a missing client id", async () => {
    const sim = start()
    for (const fields of [{ grant_type: "password" }, { grant_type: "refresh_token" }]) {
      const init = { method: "POST", headers: json, body: JSON.stringify(fields) }
      expect((await fetch(`${sim.authUrl}/oauth/token`, init)).status).toBe(400)
    }
  })
})

test("revoking a refresh token kills its family and no other", async () => {
  const sim = start()
  const [dead, alive] = [sim.mintLogin("boss"), sim.mintLogin("boss")]
  const init = { method: "POST", headers: json, body: JSON.stringify({ token: dead.refreshToken }) }
  expect((await fetch(`${sim.authUrl}/oauth/revoke`, init)).status).toBe(200)
  expect((await refresh(sim, dead.refreshToken)).status).toBe(401)
  expect((await refresh(sim, alive.refreshToken)).status).toBe(200)
})

test("tokens are JWTs of the account, differ from each other and carry the canary", () => {
  const sim = start()
  const login = sim.mintLogin("boss")
  for (const token of [login.accessToken, login.idToken]) {
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString())
    expect(claims).toMatchObject({
      iss: sim.authUrl,
      email: "boss@example.test",
      exp: login.expiresAt / 1000,
      "https://api.openai.com/auth": {
        chatgpt_account_id: login.accountId,
        chatgpt_user_id: login.userId,
        user_id: login.userId,
        chatgpt_plan_type: "plus",
      },
    })
  }
  expect(login.accessToken).not.toBe(login.idToken)
  for (const token of [login.accessToken, login.idToken, login.refreshToken]) {
    expect(token).toContain(CANARY)
  }
})

test("the log holds hashes, never a token", async () => {
  const sim = start()
  const login = sim.mintLogin("boss")
  await refresh(sim, login.refreshToken)
  await fetch(`${sim.chatgptUrl}/wham/usage?leak=${login.accessToken}`, {
    headers: { authorization: `Bearer ${login.accessToken}` },
  })
  expect(JSON.stringify(sim.log())).not.toContain(CANARY)
  expect(sim.log().map((entry) => entry.n)).toEqual([1, 2])
})

test("auth.json has the keys of Codex's own login, in its order", () => {
  const sim = start({ clock: () => 1_790_000_000_123 })
  const login = sim.mintLogin("boss")
  const document = sim.authJson(login)
  expect(Object.keys(document)).toEqual(["auth_mode", "OPENAI_API_KEY", "tokens", "last_refresh"])
  expect(Object.keys(document.tokens)).toEqual([
    "id_token",
    "access_token",
    "refresh_token",
    "oauth_provenance",
    "login_owner_id",
    "account_id",
  ])
  expect(document.tokens.login_owner_id).toMatch(/^[\w-]{43}$/)
  expect(document.last_refresh).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.123000000Z$/)
})

describe("what a crash test needs", () => {
  test("names the tokens that live, and brings every token back to what it was good for", async () => {
    const sim = start()
    const { refreshToken } = sim.mintLogin("boss")
    const restore = sim.rememberTokens()
    for (let round = 0; round < 2; round++) {
      expect(sim.liveRefreshTokens("boss")).toEqual([refreshToken])
      expect(sim.liveRefreshTokens("qa")).toEqual([])
      const reply = await refresh(sim, refreshToken)
      const { refresh_token } = (await reply.json()) as Tokens
      expect(sim.liveRefreshTokens("boss")).toEqual([refresh_token])
      sim.revoke("boss")
      expect(sim.liveRefreshTokens("boss")).toEqual([])
      restore()
    }
    expect((await refresh(sim, refreshToken)).status).toBe(200)
  })
})
