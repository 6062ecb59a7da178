import { describe, expect, test } from "bun:test"
import { bundleOf } from "../../../src/domain/claude/bundle.ts"
import { compareIdentities } from "../../../src/domain/identity.ts"
import type { JsonObject, Login } from "../../../src/domain/login.ts"
import { anthropicProvider } from "../../../src/providers/anthropic/anthropic-provider.ts"
import { Secret } from "../../../src/system/secret.ts"
import { AT, recordOf } from "./records.ts"

const judge = (body: unknown, status = 200, record = recordOf()) =>
  anthropicProvider({}).judgeRefresh(
    record,
    { status, body: new Secret(JSON.stringify(body)), retryAfter: null },
    AT,
  )

const GOOD = {
  access_token: "a2",
  refresh_token: "r2",
  expires_in: 28_800,
  scope: "user:inference user:profile user:plugins",
  refresh_token_expires_in: 2_592_000,
  account: { uuid: "acc-1", email_address: "boss@example.com" },
  organization: { uuid: "org-1", name: "Org" },
}

function loginOf(body: JsonObject, record = recordOf()): Login {
  const verdict = judge(body, 200, record)
  if (verdict.kind !== "login") throw new Error(JSON.stringify(verdict))
  return verdict.login
}

describe("a new pair", () => {
  test("takes the old one's place in the bundle, and all else stays", () => {
    const login = loginOf(GOOD)
    expect(login.refresh.reveal()).toBe("r2")
    expect(login.expiresAt).toBe(AT + 28_800_000)
    const bundle = bundleOf(login.fields)
    expect(bundle?.claudeAiOauth).toMatchObject({
      expiresAt: AT + 28_800_000,
      scopes: ["user:inference", "user:profile", "user:plugins"],
      subscriptionType: "max",
      accountUuid: "acc-1",
      refreshTokenExpiresAt: AT + 1_000_000,
    })
    expect(Object.keys(bundle?.claudeAiOauth ?? {})).toEqual(
      Object.keys(bundleOf(recordOf())?.claudeAiOauth ?? {}),
    )
    expect(bundle?.oauthAccount).toEqual(bundleOf(recordOf())?.oauthAccount)
    expect(login.fields.access).toBe(bundle?.claudeAiOauth.accessToken)
    expect(JSON.stringify(login)).not.toContain("r2")
  })

  test("without a refresh token keeps the stored one", () => {
    expect(loginOf({ access_token: "a2" }).refresh.reveal()).toContain("r1")
  })

  test("without scopes keeps them: Claude Code would take the login for dead", () => {
    const { scope: _scope, ...rest } = GOOD
    expect(loginOf(rest).fields.scopes).toEqual(["user:inference", "user:profile"])
  })

  test("without a time lasts the usual 8 hours", () => {
    expect(loginOf({ ...GOOD, expires_in: "soon" }).expiresAt).toBe(AT + 8 * 3_600_000)
  })

  test("brings its login's end nearer, never further, and invents none", () => {
    const end = (oauth: JsonObject, seconds: number) =>
      bundleOf(loginOf({ ...GOOD, refresh_token_expires_in: seconds }, recordOf(oauth)).fields)
        ?.claudeAiOauth.refreshTokenExpiresAt
    expect(end({ refreshTokenExpiresAt: AT + 9_000 }, 3)).toBe(AT + 3_000)
    expect(end({ refreshTokenExpiresAt: AT + 9_000 }, 30)).toBe(AT + 9_000)
    expect(end({ refreshTokenExpiresAt: undefined }, 30)).toBeUndefined()
  })

  test.each<[string, JsonObject, "same" | "different"]>([
    ["the reply's own word", GOOD, "same"],
    ["another account", { ...GOOD, account: { uuid: "acc-2" } }, "different"],
    ["another organisation", { ...GOOD, organization: { uuid: "org-2" } }, "different"],
    ["no word at all", { ...GOOD, account: null, organization: 7 }, "same"],
  ])("is judged by whose it is: %s", (_what, body, relation) => {
    expect(compareIdentities(loginOf(GOOD).identity, loginOf(body).identity)).toBe(relation)
  })
})

test.each<[string, unknown, number, string]>([
  ["a spent token", { error: "invalid_grant" }, 400, "dead"],
  ["a spent token, said with a 401", { error: "invalid_grant" }, 401, "dead"],
  ["a word where nobody puts it", { error: { type: "invalid_grant" } }, 400, "protocol"],
  ["refused scopes", { error: "invalid_scope" }, 400, "protocol"],
  ["a 403 that judges nothing", { error: "forbidden" }, 403, "unauthorized"],
  ["a fault of the service with that word", { error: "invalid_grant" }, 500, "transient"],
  ["too many", {}, 429, "rate_limited"],
  ["no access token", { refresh_token: "r2" }, 200, "protocol"],
  ["a token that is none", { access_token: 7 }, 200, "protocol"],
  ["a token with a line break", { access_token: "a\nb" }, 200, "protocol"],
])("%s is no new pair", (_what, body, status, kind) => {
  const verdict = judge(body, status)
  expect(verdict.kind).toBe(kind as "dead")
  expect(JSON.stringify(verdict)).not.toContain("r2")
})
