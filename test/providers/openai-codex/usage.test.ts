import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { readUsage } from "../../../src/providers/openai-codex/usage.ts"
import type { Simulator } from "../../../src/simulator/contract.ts"
import type { Fault } from "../../../src/simulator/fault.ts"
import { startSimulator } from "../../../src/simulator/simulator.ts"
import { Secret } from "../../../src/system/secret.ts"
import { VERSION } from "../../../src/system/version.ts"
import { deafUrl, sayAndClose, web, wire } from "../../system/wire.ts"

const path = "/backend-api/wham/usage"
let simulator: Simulator
let record: { access: Secret; accountId: string }

beforeEach(() => {
  simulator = startSimulator({ accounts: [{ name: "boss" }] })
  const login = simulator.mintLogin("boss")
  record = { access: new Secret(login.accessToken), accountId: ` ${login.accountId} ` }
})
afterEach(() => simulator.stop())

/** Asks, and holds against every answer that it must not hold the token. */
async function ask(url = simulator.chatgptUrl, timeoutMs = 5_000, of: object = record) {
  const result = await readUsage(url, of as never, timeoutMs)
  expect(JSON.stringify(result)).not.toContain(record.access.reveal())
  return result
}

test("asks as the label, by its own name, and reads what the service says", async () => {
  simulator.setUsage("boss", { primary: { used_percent: 42 }, plan_type: "pro" })
  const result = await ask()
  expect(result).toMatchObject({
    kind: "reading",
    reading: {
      plan: "pro",
      windows: [
        { kind: "5h", usedPercent: 42 },
        { kind: "weekly", usedPercent: 0 },
      ],
      allowed: true,
      limitReached: false,
    },
  })
  expect(simulator.log()).toMatchObject([
    {
      method: "GET",
      path,
      bearerAccount: "boss",
      accountHeader: record.accountId.trim(),
      userAgent: `aim/${VERSION}`,
    },
  ])
})

test("sends the headers that are meant and no others of its own", async () => {
  let seen: Record<string, string> = {}
  using server = web((request) => {
    seen = Object.fromEntries(request.headers)
    return new Response("{}")
  })
  await ask(server.url, 5_000, { access: record.access, accountId: " " })
  expect(seen.accept).toBe("application/json")
  expect(seen.authorization).toBe(`Bearer ${record.access.reveal()}`)
  expect(seen["chatgpt-account-id"]).toBeUndefined()
})

describe("a refused login", () => {
  test("is `unauthorized`: expired, revoked, or of another account", async () => {
    expect(await ask(undefined, 5_000, { ...record, accountId: "acc-other" })).toMatchObject({
      kind: "unauthorized",
      detail: "http_403",
    })
    simulator.expire("boss", "access")
    expect(await ask()).toMatchObject({ kind: "unauthorized", detail: "http_401" })
  })

  test.each([{}, { access: new Secret("") }, { access: "at_open_text" }])(
    "is not even asked with when there is none",
    async (bare) => {
      expect(await ask(undefined, 5_000, bare)).toMatchObject({ kind: "unauthorized" })
      expect(simulator.log()).toEqual([])
    },
  )
})

describe("a fault of the service", () => {
  const html = { kind: "html", path } as const
  const rows: [string, Fault, object][] = [
    [
      "429 in seconds",
      status(429, { "retry-after": "30" }),
      { kind: "rate_limited", retryAfterMs: 30_000 },
    ],
    [
      "429 for a day",
      status(429, { "retry-after": "86400" }),
      { kind: "rate_limited", retryAfterMs: 3_600_000 },
    ],
    ["429 without a word", status(429), { kind: "rate_limited", retryAfterMs: null }],
    ["500", status(500), { kind: "transient", detail: "http_500" }],
    ["503", status(503), { kind: "transient", detail: "http_503" }],
    ["408", status(408), { kind: "transient", detail: "http_408" }],
    ["404", status(404), { kind: "protocol", detail: "http_404" }],
    ["204", status(204), { kind: "protocol" }],
    ["a page", html, { kind: "protocol" }],
    ["silence", { kind: "hang", path }, { kind: "transient", detail: "timeout" }],
    [
      "silence in the body",
      { kind: "delay", path, bodyMs: 60_000 },
      { kind: "transient", detail: "timeout" },
    ],
    [
      "a slow drip",
      { kind: "drip", path, bytes: 1, everyMs: 50 },
      { kind: "transient", detail: "timeout" },
    ],
    ["cut before the reply", { kind: "cut", path, at: "before_reply" }, { kind: "transient" }],
    ["cut in the body", { kind: "cut", path, at: "half_body" }, { kind: "transient" }],
    ["garbled", { kind: "garbled", path }, { kind: "protocol" }],
    [
      "gzip that is none",
      { kind: "gzip_garbage", path },
      { kind: "transient", detail: "bad_encoding" },
    ],
    ["50 MB", { kind: "huge", path }, { kind: "protocol" }],
    ["no windows", { kind: "drop", path, keys: ["rate_limit"] }, { kind: "protocol" }],
  ]
  test.each(rows)("%s", async (_, fault, result) => {
    simulator.addFault(fault)
    expect(await ask(undefined, 400)).toMatchObject(result)
    expect(simulator.log().length).toBe(1)
  })

  test("429 until a date", async () => {
    const at = new Date(Date.now() + 600_000).toUTCString()
    simulator.addFault(status(429, { "retry-after": at }))
    const result = await ask()
    if (result.kind !== "rate_limited") throw new Error(result.kind)
    expect(result.retryAfterMs ?? 0).toBeGreaterThan(500_000)
    expect(result.retryAfterMs ?? 0).toBeLessThanOrEqual(600_000)
  })

  test.each([302, 307])("%i leads nowhere", async (code) => {
    using thief = wire({ answer: sayAndClose("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}") })
    simulator.addFault({ kind: "redirect", path, location: thief.url, status: code })
    expect(await ask()).toMatchObject({ kind: "protocol", detail: `http_${code}` })
    expect(thief.seen()).toBe("")
  })

  test("nobody there", async () => {
    expect(await ask(deafUrl())).toEqual({ kind: "transient", detail: "ECONNREFUSED" })
  })

  test("a good body in gzip is good", async () => {
    simulator.addFault({ kind: "gzip", path })
    expect(await ask()).toMatchObject({ kind: "reading" })
  })

  test("a lying window drops out and leaves the other", async () => {
    const values = { "rate_limit.primary_window.used_percent": -7 }
    simulator.addFault({ kind: "set", path, values })
    expect(await ask()).toMatchObject({
      kind: "reading",
      reading: { windows: [{ kind: "weekly" }] },
    })
  })
})

test("a reply that sends the token back is shown nowhere", async () => {
  const short = new Secret("at_short_token")
  const window = { used_percent: 1, limit_window_seconds: 18_000 }
  const rate_limit = { primary_window: window }
  const places = [
    { plan_type: short.reveal(), rate_limit },
    {
      rate_limit,
      additional_rate_limits: [{ limit_name: `x ${short.reveal().toUpperCase()}`, rate_limit }],
    },
    { detail: short.reveal() },
  ]
  for (const place of places) {
    using server = web(() => Response.json(place))
    const result = await readUsage(server.url, { access: short }, 5_000)
    expect(result.kind).toBe("protocol")
    expect(JSON.stringify(result).toLowerCase()).not.toContain(short.reveal())
  }
})

function status(code: number, headers: Record<string, string> = {}): Fault {
  return { kind: "status", path, status: code, headers }
}
