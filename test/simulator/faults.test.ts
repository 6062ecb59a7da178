import { afterEach, describe, expect, test } from "bun:test"
import type { Simulator } from "../../src/simulator/contract.ts"
import type { Fault } from "../../src/simulator/fault.ts"
import type { Login } from "../../src/simulator/logins.ts"
import { paths } from "../../src/simulator/routes.ts"
import { startSimulator } from "../../src/simulator/simulator.ts"
import { CODEX_CLIENT_ID } from "../../src/simulator/tokens.ts"

let running: Simulator | null = null
function start(...faults: Fault[]): Simulator {
  running = startSimulator({ accounts: [{ name: "boss" }, { name: "qa" }] })
  for (const fault of faults) running.addFault(fault)
  return running
}
afterEach(() => running?.stop())

function usage(sim: Simulator, login: Login, init: RequestInit = {}): Promise<Response> {
  const headers = {
    authorization: `Bearer ${login.accessToken}`,
    "chatgpt-account-id": login.accountId,
  }
  return fetch(`${sim.chatgptUrl}/wham/usage`, { headers, redirect: "manual", ...init })
}
function refresh(sim: Simulator, login: Login): Promise<Response> {
  const body = JSON.stringify({
    client_id: CODEX_CLIENT_ID,
    grant_type: "refresh_token",
    refresh_token: login.refreshToken,
  })
  const headers = { "content-type": "application/json" }
  return fetch(`${sim.authUrl}/oauth/token`, { method: "POST", headers, body, redirect: "manual" })
}
const onUsage = { path: paths.usage }
const onToken = { path: paths.token }

describe("a fault acts", () => {
  test("on its account and path only, and the given number of times", async () => {
    const sim = start({ ...onUsage, kind: "status", status: 503, account: "boss", times: 2 })
    const [boss, qa] = [sim.mintLogin("boss"), sim.mintLogin("qa")]
    expect((await usage(sim, qa)).status).toBe(200)
    const seen = []
    for (let i = 0; i < 3; i++) seen.push((await usage(sim, boss)).status)
    expect(seen).toEqual([503, 503, 200])
  })

  test("after the given number of requests, until it is removed", async () => {
    const sim = start()
    const id = sim.addFault({ ...onUsage, kind: "status", status: 500, after: 1 })
    const login = sim.mintLogin("boss")
    const seen = []
    for (let i = 0; i < 3; i++) seen.push((await usage(sim, login)).status)
    sim.removeFault(id)
    seen.push((await usage(sim, login)).status)
    expect(seen).toEqual([200, 500, 500, 200])
  })

  test("together with the others that match", async () => {
    const sim = start(
      { ...onUsage, kind: "set", values: { "rate_limit.primary_window.used_percent": 1e9 } },
      { ...onUsage, kind: "drop", keys: ["email"] },
    )
    const body = (await (await usage(sim, sim.mintLogin("boss"))).json()) as Record<string, unknown>
    expect(body).toMatchObject({ rate_limit: { primary_window: { used_percent: 1e9 } } })
    expect("email" in body).toBe(false)
    expect(sim.log()[0]?.faults).toEqual(["set", "drop"])
  })
})

describe("replies", () => {
  test("status with headers and body", async () => {
    const headers = { "retry-after": "7" }
    const sim = start({
      ...onUsage,
      kind: "status",
      status: 429,
      headers,
      body: { detail: "slow" },
    })
    const response = await usage(sim, sim.mintLogin("boss"))
    expect(response.headers.get("retry-after")).toBe("7")
    expect(await response.json()).toEqual({ detail: "slow" })
  })

  test("html, redirect", async () => {
    const sim = start({ ...onUsage, kind: "html", times: 1 })
    const page = await usage(sim, sim.mintLogin("boss"))
    expect(page.headers.get("content-type")).toContain("text/html")
    sim.clearFaults()
    sim.addFault({ ...onToken, kind: "redirect", location: "/elsewhere" })
    const moved = await refresh(sim, sim.mintLogin("boss"))
    expect([moved.status, moved.headers.get("location")]).toEqual([307, "/elsewhere"])
  })

  test("garbled JSON, good and bad gzip", async () => {
    const sim = start({ ...onUsage, kind: "garbled", times: 1 })
    const login = sim.mintLogin("boss")
    await expect((await usage(sim, login)).json()).rejects.toThrow()
    sim.addFault({ ...onUsage, kind: "gzip", times: 1 })
    const good = await usage(sim, login)
    expect(await good.json()).toMatchObject({ plan_type: "plus" })
    sim.addFault({ ...onUsage, kind: "gzip_garbage", times: 1 })
    await expect(usage(sim, login).then((bad) => bad.text())).rejects.toThrow()
  })

  test("a refresh for another account, or without some tokens", async () => {
    const sim = start({ ...onToken, kind: "other_account", as: "qa", times: 1 })
    const other = (await (await refresh(sim, sim.mintLogin("boss"))).json()) as Record<
      string,
      string
    >
    expect(other.refresh_token).toContain("_qa_")
    sim.addFault({ ...onToken, kind: "drop", keys: ["refresh_token", "id_token"] })
    const bare = (await (await refresh(sim, sim.mintLogin("boss"))).json()) as Record<
      string,
      string
    >
    expect(Object.keys(bare)).toEqual(["access_token", "token_type", "expires_in", "scope"])
  })

  test("a huge body is good JSON for who reads it all", async () => {
    const sim = start({ ...onUsage, kind: "huge", bytes: 3_000_000 })
    const text = await (await usage(sim, sim.mintLogin("boss"))).text()
    expect(text.length).toBeGreaterThan(3_000_000)
    expect(JSON.parse(text)).toMatchObject({ plan_type: "plus" })
  })

  test("a slow drip arrives in pieces and is whole", async () => {
    const sim = start({ ...onUsage, kind: "drip", bytes: 200, everyMs: 1 })
    const response = await usage(sim, sim.mintLogin("boss"))
    expect(await response.json()).toMatchObject({ plan_type: "plus" })
  })
})

describe("connections", () => {
  test("cut before the reply, though the request took effect", async () => {
    const sim = start({ ...onToken, kind: "cut", at: "before_reply", times: 1 })
    const login = sim.mintLogin("boss")
    await expect(refresh(sim, login)).rejects.toThrow()
    await sim.arrived((entry) => entry.outcome === "refreshed")
    expect((await refresh(sim, login)).status).toBe(401)
    expect(sim.log()[0]).toMatchObject({ ended: "cut", status: 0 })
  })

  test("cut before it took effect: the token is still good", async () => {
    const sim = start({ ...onToken, kind: "cut", at: "before_reply", times: 1, handled: false })
    const login = sim.mintLogin("boss")
    await expect(refresh(sim, login)).rejects.toThrow()
    await sim.arrived((entry) => entry.faults.includes("cut"))
    expect((await refresh(sim, login)).status).toBe(200)
  })

  test("cut after half the body", async () => {
    const sim = start({ ...onUsage, kind: "cut", at: "half_body" })
    const response = await usage(sim, sim.mintLogin("boss"))
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow()
  })

  test("hang until the client goes", async () => {
    const sim = start({ ...onUsage, kind: "hang" })
    const leaving = new AbortController()
    const pending = usage(sim, sim.mintLogin("boss"), { signal: leaving.signal })
    const entry = await sim.arrived((seen) => seen.kind === "usage")
    expect(entry.ended).toBe("pending")
    leaving.abort()
    await expect(pending).rejects.toThrow()
    while (entry.ended === "pending") await Bun.sleep(1)
    expect(entry.ended).toBe("client_gone")
  })

  test("hang ends with stop", async () => {
    const sim = start({ ...onUsage, kind: "hang" })
    const pending = usage(sim, sim.mintLogin("boss"))
    await sim.arrived((seen) => seen.kind === "usage")
    const failure = pending.catch((error: unknown) => error)
    await sim.stop()
    expect(await failure).toBeInstanceOf(Error)
  })

  test("hold keeps the reply back until release", async () => {
    const sim = start({ ...onToken, kind: "hold", times: 1 })
    const login = sim.mintLogin("boss")
    let answered = false
    const pending = refresh(sim, login).then((response) => {
      answered = true
      return response
    })
    await sim.arrived((entry) => entry.outcome === "refreshed")
    expect((await refresh(sim, login)).status).toBe(401)
    expect(answered).toBe(false)
    sim.release()
    expect((await pending).status).toBe(200)
  })

  test("delays before the head and before the body", async () => {
    const sim = start({ ...onUsage, kind: "delay", headersMs: 40, bodyMs: 40 })
    const before = performance.now()
    const response = await usage(sim, sim.mintLogin("boss"))
    expect(performance.now() - before).toBeGreaterThanOrEqual(39)
    await response.json()
    expect(performance.now() - before).toBeGreaterThanOrEqual(79)
  })
})
