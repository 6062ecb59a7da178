import { afterEach, describe, expect, test } from "bun:test"
import type { Simulator, SimulatorOptions } from "../../src/simulator/contract.ts"
import type { Login } from "../../src/simulator/logins.ts"
import { startSimulator } from "../../src/simulator/simulator.ts"

const START = 1_790_000_000_000
let running: Simulator | null = null
let at = START
function start(options: SimulatorOptions = {}): Simulator {
  at = START
  const accounts = [{ name: "boss" }, { name: "qa", plan_type: "pro" }]
  running = startSimulator({ accounts, clock: () => at, ...options })
  return running
}
afterEach(() => running?.stop())

function headersOf(login: Login, more: Record<string, string> = {}): Record<string, string> {
  return {
    authorization: `Bearer ${login.accessToken}`,
    "chatgpt-account-id": login.accountId,
    ...more,
  }
}
function usage(sim: Simulator, headers: Record<string, string>): Promise<Response> {
  return fetch(`${sim.chatgptUrl}/wham/usage`, { headers })
}
function turn(
  sim: Simulator,
  login: Login,
  body: string | Uint8Array<ArrayBuffer> = "{}",
  more = {},
): Promise<Response> {
  const headers = headersOf(login, { "content-type": "application/json", ...more })
  return fetch(`${sim.chatgptUrl}/codex/responses`, { method: "POST", headers, body })
}

describe("GET wham/usage", () => {
  test("tells plan, windows and resets", async () => {
    const sim = start()
    sim.setUsage("qa", { primary: { used_percent: 42 }, secondary: { used_percent: 7 } })
    const response = await usage(sim, headersOf(sim.mintLogin("qa")))
    expect(await response.json()).toMatchObject({
      plan_type: "pro",
      email: "qa@example.test",
      rate_limit: {
        allowed: true,
        limit_reached: false,
        primary_window: {
          used_percent: 42,
          limit_window_seconds: 18_000,
          reset_after_seconds: 9_000,
          reset_at: START / 1000 + 9_000,
        },
        secondary_window: { used_percent: 7, limit_window_seconds: 604_800 },
      },
      rate_limit_reached_type: null,
    })
  })

  test("leaves out a window the plan does not have", async () => {
    const sim = start()
    sim.setUsage("boss", { primary: null })
    const body = await (await usage(sim, headersOf(sim.mintLogin("boss")))).json()
    expect(body).toMatchObject({ rate_limit: { primary_window: null } })
    sim.setUsage("boss", { secondary: null })
    const bare = await (await usage(sim, headersOf(sim.mintLogin("boss")))).json()
    expect(bare).toMatchObject({ rate_limit: null })
  })

  test("empties a window at its reset and moves the reset on", async () => {
    const sim = start()
    sim.setUsage("boss", { primary: { used_percent: 100 } })
    const headers = headersOf(sim.mintLogin("boss"))
    expect(await (await usage(sim, headers)).json()).toMatchObject({
      rate_limit: { limit_reached: true },
    })
    at = START + 9_001_000
    expect(await (await usage(sim, headers)).json()).toMatchObject({
      rate_limit: {
        limit_reached: false,
        primary_window: { used_percent: 0, reset_at: START / 1000 + 27_000 },
      },
    })
  })

  const refused: [string, (sim: Simulator) => Record<string, string>, number, string][] = [
    ["no bearer", () => ({}), 401, "unauthorized"],
    ["an unknown bearer", () => ({ authorization: "Bearer nobody" }), 401, "unauthorized"],
    [
      "an expired access token",
      (sim) => headersOf(sim.mintLogin("boss", { expiresInSeconds: -1 })),
      401,
      "unauthorized",
    ],
    [
      "an access token expired by hand",
      (sim) => {
        const login = sim.mintLogin("boss")
        sim.expire("boss", "access")
        return headersOf(login)
      },
      401,
      "unauthorized",
    ],
    [
      "a revoked login",
      (sim) => {
        const login = sim.mintLogin("boss")
        sim.revoke("boss")
        return headersOf(login)
      },
      401,
      "unauthorized",
    ],
    [
      "no account header",
      (sim) => ({ authorization: `Bearer ${sim.mintLogin("boss").accessToken}` }),
      403,
      "account_mismatch",
    ],
    [
      "another account's header",
      (sim) => ({
        ...headersOf(sim.mintLogin("boss")),
        "chatgpt-account-id": sim.mintLogin("qa").accountId,
      }),
      403,
      "account_mismatch",
    ],
  ]
  for (const [name, make, status, outcome] of refused) {
    test(`refuses ${name}`, async () => {
      const sim = start()
      expect((await usage(sim, make(sim))).status).toBe(status)
      expect(sim.log()[0]).toMatchObject({ kind: "usage", status, outcome })
    })
  }
})

test("an access token is refused from the second it expires", async () => {
  const sim = start({ accounts: [{ name: "boss", accessLifetimeSeconds: 60 }] })
  const headers = headersOf(sim.mintLogin("boss"))
  at = START + 59_999
  expect((await usage(sim, headers)).status).toBe(200)
  at = START + 60_000
  expect((await usage(sim, headers)).status).toBe(401)
})

test("accounts/check names the workspace without constraint; models are 404", async () => {
  const sim = start()
  const login = sim.mintLogin("boss")
  const get = (path: string) => fetch(`${sim.chatgptUrl}${path}`, { headers: headersOf(login) })
  expect(await (await get("/wham/accounts/check")).json()).toMatchObject({
    accounts: [
      {
        id: login.accountId,
        workspace_backend_origin: "NO_CONSTRAINT",
        account_routing_override: "NO_CONSTRAINT",
      },
    ],
  })
  expect((await get("/wham/rate-limit-reset-credits")).status).toBe(200)
  expect((await get("/codex/models")).status).toBe(404)
  expect((await get("/anything/else")).status).toBe(404)
})

describe("POST codex/responses", () => {
  test("answers with the events of one message, rate limits, and the account's own text", async () => {
    const sim = start()
    sim.setUsage("boss", { primary: { used_percent: 10 }, turn_cost_percent: 5 })
    const login = sim.mintLogin("boss")
    const response = await turn(sim, login)
    expect(response.headers.get("content-type")).toBe("text/event-stream")
    expect(response.headers.get("x-codex-primary-used-percent")).toBe("15")
    expect(response.headers.get("x-codex-secondary-window-minutes")).toBe("10080")
    const text = await response.text()
    expect(text.match(/^event: .*/gm)).toEqual([
      "event: response.created",
      "event: response.output_item.added",
      "event: response.content_part.added",
      "event: response.output_text.delta",
      "event: response.output_text.done",
      "event: response.output_item.done",
      "event: response.completed",
    ])
    expect(text).toContain("simulated answer for boss")
  })

  test("takes a zstd body", async () => {
    const sim = start()
    const body = new Uint8Array(Bun.zstdCompressSync(Buffer.from('{"model":"x"}')))
    const response = await turn(sim, sim.mintLogin("boss"), body, { "content-encoding": "zstd" })
    expect(response.status).toBe(200)
  })

  for (const [name, body, encoding] of [
    ["no JSON", "hi", {}],
    ["a list", "[]", {}],
    ["what is no zstd under that name", "{}", { "content-encoding": "zstd" }],
  ] as const) {
    test(`refuses a body that is ${name}`, async () => {
      const sim = start()
      expect((await turn(sim, sim.mintLogin("boss"), body, encoding)).status).toBe(400)
    })
  }

  test("says usage_limit_reached with the later reset of the spent windows", async () => {
    const sim = start()
    sim.setUsage("boss", { primary: { used_percent: 100 }, secondary: { used_percent: 100 } })
    const response = await turn(sim, sim.mintLogin("boss"))
    expect(response.status).toBe(429)
    expect(await response.json()).toMatchObject({
      error: {
        type: "usage_limit_reached",
        plan_type: "plus",
        resets_at: START / 1000 + 302_400,
        resets_in_seconds: 302_400,
      },
    })
  })

  test("refuses a WebSocket upgrade with 426", async () => {
    const sim = start()
    const headers = { upgrade: "websocket", connection: "Upgrade" }
    const response = await fetch(`${sim.chatgptUrl}/codex/responses`, { headers })
    expect(response.status).toBe(426)
    expect(sim.log()[0]?.kind).toBe("upgrade")
  })
})
