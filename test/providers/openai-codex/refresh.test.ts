import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import type { JsonObject } from "../../../src/domain/login.ts"
import { codexProvider } from "../../../src/providers/openai-codex/codex-provider.ts"
import type { Simulator } from "../../../src/simulator/contract.ts"
import { postsOf } from "../../../src/simulator/request-log.ts"
import { startSimulator } from "../../../src/simulator/simulator.ts"
import { Secret } from "../../../src/system/secret.ts"
import { VERSION } from "../../../src/system/version.ts"
import { deafUrl, sayAndClose, web, wire } from "../../system/wire.ts"

const path = "/oauth/token"
let simulator: Simulator
let refreshToken = ""
let record: JsonObject

beforeEach(() => {
  simulator = startSimulator({ accounts: [{ name: "boss" }, { name: "qa" }] })
  const login = simulator.mintLogin("boss", { expiresInSeconds: -60 })
  refreshToken = login.refreshToken
  record = {
    access: new Secret(login.accessToken),
    refresh: new Secret(login.refreshToken),
    idToken: new Secret(login.idToken),
    accountId: login.accountId,
    expiresAt: "2026-01-01T00:00:00.000Z",
  }
})
afterEach(() => simulator.stop())

const at = (url: string) => codexProvider({ AIM_OPENAI_AUTH_URL: url })
const own = () => at(simulator.authUrl)

async function refresh(of = record) {
  const posted = await own().postRefresh(of)
  if (posted.kind !== "reply") throw new Error(`no reply: ${posted.detail}`)
  return own().judgeRefresh(of, posted.reply, Date.now())
}

test("posts the refresh token once, as JSON, by aim's own name, and gets a new pair", async () => {
  const verdict = await refresh()
  if (verdict.kind !== "login") throw new Error(verdict.kind)
  expect(verdict.login.refresh.equals(new Secret(refreshToken))).toBe(false)
  expect(verdict.login.identity.workspace).toBe(String(record.accountId))
  expect(postsOf(simulator.log(), refreshToken)).toBe(1)
  expect(simulator.log()).toMatchObject([
    { method: "POST", path, outcome: "refreshed", userAgent: `aim/${VERSION}` },
  ])
})

test("the reply comes as a secret, before anything has read it", async () => {
  const posted = await own().postRefresh(record)
  if (posted.kind !== "reply") throw new Error(posted.kind)
  expect(posted.reply.status).toBe(200)
  expect(posted.reply.body.reveal()).toContain("refresh_token")
  expect(JSON.stringify(posted)).not.toContain("AIMCANARY")
  expect(Bun.inspect(posted, { depth: 9 })).not.toContain("AIMCANARY")
})

describe("the body on the wire", () => {
  const sent = async (extra: unknown) => {
    let body = ""
    let type: string | null = ""
    using server = web(async (request) => {
      body = await request.text()
      type = request.headers.get("content-type")
      return new Response("{}")
    })
    await at(`${server.url}/`).postRefresh({ ...record, tokensExtra: extra })
    expect(type).toBe("application/json")
    return JSON.parse(body)
  }
  const OURS = "app_EMoamEEZ73f0CkXaXp7hrann"

  test("holds these three things", async () => {
    expect(await sent(undefined)).toEqual({
      client_id: OURS,
      grant_type: "refresh_token",
      refresh_token: refreshToken,
    })
  })

  const rows: [unknown, string][] = [
    [
      { oauth_provenance: { issuer: "https://thief.invalid", client_id: "app_other" } },
      "app_other",
    ],
    [{ oauth_provenance: { client_id: "" } }, OURS],
    [{ oauth_provenance: { client_id: "two words" } }, OURS],
    [{ oauth_provenance: { client_id: "x".repeat(129) } }, OURS],
    [{ oauth_provenance: { client_id: 7 } }, OURS],
    [{ oauth_provenance: "app_other" }, OURS],
    [{ oauth_provenance: ["app_other"] }, OURS],
    ["app_other", OURS],
  ]
  test.each(rows)("names the client that the login was issued to: %j", async (extra, client) => {
    expect((await sent(extra)).client_id).toBe(client)
  })
})

test("the issuer that a record names gets nothing", async () => {
  using thief = wire({ answer: sayAndClose("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}") })
  const tokensExtra = { oauth_provenance: { issuer: thief.url, client_id: "app_x" } }
  await own().postRefresh({ ...record, tokensExtra })
  expect(thief.seen()).toBe("")
  expect(simulator.log().length).toBe(1)
})

test.each([302, 307, 308])("a %i takes the token nowhere", async (status) => {
  using thief = wire({ answer: sayAndClose("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}") })
  simulator.addFault({ kind: "redirect", path, location: thief.url, status })
  expect(await refresh()).toEqual({ kind: "protocol", detail: `http_${status}` })
  expect(thief.seen()).toBe("")
})

describe("what becomes of the post", () => {
  test("`not_sent` without a refresh token, and when nobody is there", async () => {
    for (const bare of [{}, { refresh: new Secret(" ") }, { refresh: "rt_open_text" }])
      expect(await own().postRefresh(bare)).toEqual({
        kind: "not_sent",
        detail: "no_refresh_token",
      })
    expect(simulator.log()).toEqual([])
    expect(await at(deafUrl()).postRefresh(record)).toEqual({
      kind: "not_sent",
      detail: "ECONNREFUSED",
    })
  })

  test.each(["before_reply", "half_body"] as const)(
    "`no_reply` when the connection is cut: %s, and the pair is spent",
    async (cut) => {
      simulator.addFault({ kind: "cut", path, at: cut, times: 1 })
      const posted = await own().postRefresh(record)
      expect(posted).toMatchObject({ kind: "no_reply" })
      expect(JSON.stringify(posted)).not.toContain("AIMCANARY")
      expect(postsOf(simulator.log(), refreshToken)).toBe(1)
      expect(await refresh()).toEqual({ kind: "dead", reason: "refresh_token_reused" })
    },
  )

  test.each([429, 500, 503])("%i is posted once", async (status) => {
    simulator.addFault({ kind: "status", path, status, headers: { "retry-after": "9" } })
    const verdict = await refresh()
    expect(verdict).toMatchObject(
      status === 429 ? { kind: "rate_limited", retryAfterMs: 9_000 } : { kind: "transient" },
    )
    expect(simulator.log().length).toBe(1)
  })
})

describe("what the service answers", () => {
  test("another account's tokens show whose they are", async () => {
    simulator.addFault({ kind: "other_account", path, as: "qa" })
    const verdict = await refresh()
    if (verdict.kind !== "login") throw new Error(verdict.kind)
    const qa = simulator.accounts().find(({ name }) => name === "qa")
    expect(verdict.login.identity.workspace).toBe(qa?.accountId ?? "")
    expect(verdict.login.fields.accountId).toBe(record.accountId)
  })

  test("an access token alone keeps the refresh token", async () => {
    simulator.addFault({ kind: "drop", path, keys: ["refresh_token", "id_token"] })
    const verdict = await refresh()
    if (verdict.kind !== "login") throw new Error(verdict.kind)
    expect(verdict.login.refresh.reveal()).toBe(refreshToken)
  })

  test("a dead login is dead", async () => {
    simulator.revoke("boss")
    expect((await refresh()).kind).toBe("dead")
  })

  test.each(["html", "garbled"] as const)(
    "%s on a 200 is no verdict on the login",
    async (kind) => {
      simulator.addFault({ kind, path })
      expect(await refresh()).toMatchObject({ kind: "protocol" })
    },
  )

  test("a good reply in gzip is good", async () => {
    simulator.addFault({ kind: "gzip", path })
    expect((await refresh()).kind).toBe("login")
  })
})
