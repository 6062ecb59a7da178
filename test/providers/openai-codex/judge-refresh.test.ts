import { describe, expect, test } from "bun:test"
import { compareIdentities } from "../../../src/domain/identity.ts"
import type { JsonObject } from "../../../src/domain/login.ts"
import { judgeRefresh } from "../../../src/providers/openai-codex/judge-refresh.ts"
import { Secret } from "../../../src/system/secret.ts"
import { jwtOf } from "./tokens.ts"

const AT = Date.parse("2026-11-20T10:00:00Z")
const EXP = AT / 1000 + 864_000
const OLD_REFRESH = new Secret("rt_synthetic_old")

const claims = (account: string | null, user = "user-1") => ({
  exp: EXP,
  email: "Boss@Example.test",
  "https://api.openai.com/auth": {
    chatgpt_user_id: user,
    ...(account === null ? {} : { chatgpt_account_id: account }),
  },
})
const record: JsonObject = {
  access: new Secret("at_old"),
  refresh: OLD_REFRESH,
  accountId: "acc-1",
  tokensExtra: {
    login_owner_id: "owner",
    oauth_provenance: { issuer: "https://x", client_id: "c" },
  },
}
const good = {
  access_token: jwtOf(claims("acc-1")),
  id_token: jwtOf(claims("acc-1")),
  refresh_token: "rt_synthetic_new",
  expires_in: 3_600,
  token_type: "Bearer",
}
const judge = (status: number, body: unknown, retryAfter: string | null = null, of = record) =>
  judgeRefresh(
    of,
    {
      status,
      body: new Secret(typeof body === "string" ? body : JSON.stringify(body)),
      retryAfter,
    },
    AT,
  )
const loginOf = (body: unknown, of = record) => {
  const verdict = judge(200, body, null, of)
  if (verdict.kind !== "login") throw new Error(`no login: ${JSON.stringify(verdict)}`)
  return verdict.login
}

describe("a good reply", () => {
  test("is the login in it, with the record's account and what stands beside the tokens", () => {
    const login = loginOf(good)
    expect(login.access.reveal()).toBe(good.access_token)
    expect(login.refresh.reveal()).toBe("rt_synthetic_new")
    expect(login.expiresAt).toBe(EXP * 1000)
    expect(login.identity).toEqual({
      provider: "openai-codex",
      users: [{ claim: "chatgpt_user_id", id: "user-1" }],
      workspace: "acc-1",
      email: "boss@example.test",
    })
    expect(Object.keys(login.fields)).toEqual([
      ...["access", "refresh", "expiresAt", "accountId", "idToken", "lastRefresh", "tokensExtra"],
    ])
    expect(login.fields).toMatchObject({
      expiresAt: "2026-11-30T10:00:00.000Z",
      accountId: "acc-1",
      lastRefresh: "2026-11-20T10:00:00.000Z",
      tokensExtra: record.tokensExtra,
    })
    expect((login.fields.idToken as Secret).reveal()).toBe(good.id_token)
  })

  test.each([[undefined], [null], [""], ["  "]])(
    "with the refresh token %p keeps the old one",
    (refresh_token) => {
      const login = loginOf({ ...good, refresh_token })
      expect(login.refresh.equals(OLD_REFRESH)).toBe(true)
      expect((login.fields.refresh as Secret).equals(OLD_REFRESH)).toBe(true)
    },
  )

  test.each([[undefined], [null], [""], [7], ["opaque"], ["a..c"], ["has space.b.c"]])(
    "with the id token %p brings none",
    (id_token) => {
      expect(Object.keys(loginOf({ ...good, id_token }).fields)).not.toContain("idToken")
    },
  )

  const ends: [string, object, number | null, string][] = [
    ["its own `exp`", {}, EXP * 1000, "2026-11-30T10:00:00.000Z"],
    [
      "expires_in for an opaque token",
      { access_token: "at_opaque" },
      AT + 3_600_000,
      "2026-11-20T11:00:00.000Z",
    ],
    [
      "nobody's word: Codex's 8 days",
      { access_token: "at_opaque", expires_in: null },
      null,
      "2026-11-28T10:00:00.000Z",
    ],
    [
      "expires_in where `exp` can't be",
      { access_token: jwtOf({ exp: 1e300 }) },
      AT + 3_600_000,
      "2026-11-20T11:00:00.000Z",
    ],
    ...[-1, 0, 1e300, "3600", Number.NaN].map(
      (expires_in): [string, object, number | null, string] => [
        `8 days where expires_in is ${expires_in}`,
        { access_token: "at_opaque", expires_in },
        null,
        "2026-11-28T10:00:00.000Z",
      ],
    ),
  ]
  test.each(ends)("ends by %s", (_, change, expiresAt, iso) => {
    const login = loginOf({ ...good, ...change })
    expect(login.expiresAt).toBe(expiresAt)
    expect(login.fields.expiresAt).toBe(iso)
  })

  test("without an account in record and tokens has none", () => {
    const { accountId: _, tokensExtra: __, ...bare } = record
    const login = loginOf({ access_token: "at_opaque" }, bare)
    expect(login.identity).toMatchObject({ workspace: null, users: [] })
    expect(Object.keys(login.fields)).toEqual(["access", "refresh", "expiresAt", "lastRefresh"])
  })
})

describe("a reply for another account", () => {
  const stored = loginOf(good).identity
  const rows: [string, object][] = [
    ["both tokens", { access_token: jwtOf(claims("acc-2")), id_token: jwtOf(claims("acc-2")) }],
    ["the access token alone", { access_token: jwtOf(claims("acc-2")) }],
    ["the id token alone", { id_token: jwtOf(claims("acc-2")) }],
    ["no id token", { access_token: jwtOf(claims("acc-2")), id_token: null }],
    [
      "a nameless id token",
      { access_token: jwtOf(claims("acc-2")), id_token: jwtOf(claims(null)) },
    ],
  ]
  test.each(rows)("is a login that shows it: %s", (_, change) => {
    const login = loginOf({ ...good, ...change })
    expect(login.identity.workspace).toBe("acc-2")
    expect(compareIdentities(stored, login.identity)).toBe("different")
    expect(login.fields.accountId).toBe("acc-1")
  })

  test("and for another user of the same account", () => {
    const tokens = jwtOf(claims("acc-1", "user-2"))
    const { identity } = loginOf({ ...good, access_token: tokens, id_token: tokens })
    expect(compareIdentities(stored, identity)).toBe("different")
  })

  test("an unreadable one is the record's account", () => {
    expect(loginOf({ access_token: "at_opaque" }).identity.workspace).toBe("acc-1")
    expect(loginOf({ access_token: jwtOf(claims(null)) }).identity.workspace).toBe("acc-1")
  })
})

test.each([undefined, null, " "])(
  "an access token that is %p is the one before",
  (access_token) => {
    const login = loginOf({ ...good, access_token })
    expect(login.access.reveal()).toBe("at_old")
    expect(login.refresh.reveal()).toBe(good.refresh_token)
  },
)

describe("an unreadable 200", () => {
  const rows: [string, unknown][] = [
    ["nothing", ""],
    ["a page", "<html><body>Sign in to the hotel network</body></html>"],
    ["half a reply", JSON.stringify(good).slice(0, 60)],
    ["a list", [good]],
    ["a text", '"at_synthetic"'],
    ["null", "null"],
    ["an error that says 200", { error: "invalid_grant" }],
    ["no token", { id_token: good.id_token, expires_in: 3_600 }],
    ["blank tokens", { ...good, access_token: " ", refresh_token: "" }],
    ["hidden tokens", { ...good, access_token: "[redacted]", refresh_token: "[redacted]" }],
    ["a number for an access token", { ...good, access_token: 7 }],
    ["an access token with a line break", { ...good, access_token: "at\nsynthetic" }],
    ["a number for a refresh token", { ...good, refresh_token: 7 }],
    ["a refresh token with a space in it", { ...good, refresh_token: "rt synthetic" }],
    ["an object for a refresh token", { ...good, refresh_token: {} }],
  ]
  test.each(rows)("is `protocol`: %s", (_, body) => {
    expect(judge(200, body)).toMatchObject({ kind: "protocol" })
  })

  test.each([
    ["a refresh", { access_token: "at_new" }, { ...record, refresh: new Secret(" ") }],
    ["an access", { refresh_token: "rt_new" }, { ...record, access: undefined }],
  ])("without %s token anywhere is `protocol`", (_, body, lost) => {
    expect(judge(200, body, null, lost)).toMatchObject({ kind: "protocol" })
  })
})

describe("a refusal", () => {
  const words = [
    "invalid_grant",
    "refresh_token_expired",
    "refresh_token_reused",
    "refresh_token_invalidated",
  ]
  const shapes: [string, (code: string) => unknown][] = [
    ["error.code", (code) => ({ error: { code, message: "m", type: "t" } })],
    ["error", (code) => ({ error: code, error_description: "m" })],
    ["code", (code) => ({ code })],
    ["upper case", (code) => ({ error: ` ${code.toUpperCase()} ` })],
  ]
  for (const [shape, body] of shapes) {
    test.each(words)(`is \`dead\` for %s in ${shape}, with 400, 401 and 403 only`, (code) => {
      for (const status of [400, 401, 403])
        expect(judge(status, body(code))).toEqual({ kind: "dead", reason: code })
      for (const status of [200, 302, 404, 408, 429, 500, 503])
        expect(judge(status, body(code)).kind).not.toBe("dead")
    })
  }

  const rows: [number, unknown, object][] = [
    [401, {}, { kind: "unauthorized", detail: "http_401" }],
    [403, "<html>blocked</html>", { kind: "unauthorized", detail: "http_403" }],
    [401, { error: "invalid_client" }, { kind: "unauthorized", detail: "http_401 invalid_client" }],
    [400, { error: "invalid_request" }, { kind: "protocol", detail: "http_400 invalid_request" }],
    [400, {}, { kind: "protocol", detail: "http_400" }],
    [400, { error_description: "invalid_grant" }, { kind: "protocol" }],
    [400, { error: { type: "invalid_grant" } }, { kind: "protocol" }],
    [400, { error: ["invalid_grant"] }, { kind: "protocol" }],
    [404, {}, { kind: "protocol", detail: "http_404" }],
    [302, "", { kind: "protocol", detail: "http_302" }],
    [307, good, { kind: "protocol", detail: "http_307" }],
    [408, {}, { kind: "transient", detail: "http_408" }],
    [500, good, { kind: "transient", detail: "http_500" }],
    [503, "<html>", { kind: "transient", detail: "http_503" }],
    [503, { error: "temporarily_unavailable" }, { detail: "http_503 temporarily_unavailable" }],
    [429, {}, { kind: "rate_limited", retryAfterMs: null }],
  ]
  test.each(rows)("with %i %j", (status, body, verdict) => {
    expect(judge(status, body)).toMatchObject(verdict)
  })

  test.each<[string | null, number | null]>([
    ["30", 30_000],
    ["Fri, 20 Nov 2026 10:00:45 GMT", 45_000],
    ["86400", 3_600_000],
    ["soon", null],
    [null, null],
  ])("429 with Retry-After %p waits %p ms", (header, ms) => {
    expect(judge(429, "{}", header)).toEqual({ kind: "rate_limited", retryAfterMs: ms })
  })
})

test("no verdict repeats what stood in the reply, wherever the token stands in it", () => {
  const leak = "rt_synthetic_leak_me"
  const places: unknown[] = [
    leak,
    `<html>${leak}`,
    { error: leak },
    { error: { code: leak, message: leak } },
    { code: leak },
    { [leak]: leak },
    { access_token: [leak] },
    { access_token: `${leak} ${leak}` },
    { access_token: "at_new", refresh_token: { token: leak } },
    { access_token: leak, refresh_token: leak, id_token: leak },
  ]
  for (const body of places) {
    for (const status of [200, 302, 400, 401, 404, 429, 500])
      expect(JSON.stringify(judge(status, body, leak))).not.toContain(leak)
  }
})
