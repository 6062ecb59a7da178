import { afterEach, expect, test } from "bun:test"
import type { Simulator } from "../../src/simulator/contract.ts"
import type { Login } from "../../src/simulator/logins.ts"
import { startSimulator } from "../../src/simulator/simulator.ts"

let running: Simulator | null = null
afterEach(() => running?.stop())

function start() {
  const sim = startSimulator({ accounts: [{ name: "boss" }] })
  running = sim
  const call = async (path: string, body?: unknown) => {
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }
    const response = await fetch(`${sim.url}/__sim/${path}`, init)
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  const usage = (login: Login) =>
    fetch(`${sim.chatgptUrl}/wham/usage`, {
      headers: {
        authorization: `Bearer ${login.accessToken}`,
        "chatgpt-account-id": login.accountId,
      },
    })
  return { sim, call, usage }
}

test("a child process can do over HTTP what the object does", async () => {
  const { sim, call, usage } = start()
  await call("account", { name: "qa", email: "q@a.test", plan_type: "pro" })
  await call("usage", { account: "qa", primary: { used_percent: 61, reset_at: 4_000_000_000 } })
  const login = (await call("login", { account: "qa", expiresInSeconds: 900 })).body as Login
  expect(await (await usage(login)).json()).toMatchObject({
    email: "q@a.test",
    plan_type: "pro",
    rate_limit: { primary_window: { used_percent: 61, reset_at: 4_000_000_000 } },
  })
  await call("fault", { path: "/backend-api/wham/usage", kind: "status", status: 500, times: 1 })
  expect((await usage(login)).status).toBe(500)
  await call("fault", { path: "*", kind: "html" })
  await call("faults/clear", {})
  expect((await usage(login)).status).toBe(200)
  await call("expire", { account: "qa", tokens: "access" })
  expect((await usage(login)).status).toBe(401)
  const document = (await call("auth-json", { account: "qa" })).body
  expect(document).toMatchObject({ auth_mode: "chatgpt", tokens: { account_id: login.accountId } })
  const { body } = await call("log")
  expect(body).toMatchObject(sim.log().map(({ n, status, outcome }) => ({ n, status, outcome })))
})

test("the control plane is neither logged nor hit by faults", async () => {
  const { sim, call } = start()
  await call("fault", { path: "*", kind: "status", status: 500 })
  expect((await call("accounts")).status).toBe(200)
  expect(sim.log()).toEqual([])
})

test("bad input is a 400 that says why, and changes nothing", async () => {
  const { sim, call } = start()
  for (const [path, body] of [
    ["usage", { account: "nobody" }],
    ["usage", { account: "boss", primary: { used_percent: "abc" } }],
    ["fault", { path: "*", kind: "unheard of" }],
    ["login", {}],
  ] as const) {
    expect((await call(path, body)).status).toBe(400)
  }
  expect((await call("nothing", {})).status).toBe(404)
  expect(sim.accounts()[0]?.primary?.used_percent).toBe(0)
})
