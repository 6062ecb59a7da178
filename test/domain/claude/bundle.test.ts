import { describe, expect, test } from "bun:test"
import {
  type ClaudeBundle,
  expiryOf,
  missingFrom,
  recordFields,
} from "../../../src/domain/claude/bundle.ts"
import { claudeIdentity, contradicts } from "../../../src/domain/claude/identity.ts"
import {
  adoptLogin,
  completeLogin,
  type JsonObject,
  type Login,
} from "../../../src/domain/login.ts"
import { Secret } from "../../../src/system/secret.ts"
import { NOON } from "../logins.ts"

function bundle(oauth: JsonObject = {}, account: JsonObject = {}): ClaudeBundle {
  return {
    claudeAiOauth: {
      accessToken: new Secret("a1"),
      refreshToken: new Secret("r1"),
      expiresAt: NOON,
      scopes: ["user:inference"],
      subscriptionType: "max",
      rateLimitTier: "default_claude_max_5x",
      ...oauth,
    },
    oauthAccount: {
      accountUuid: "acc-1",
      emailAddress: "Boss@example.com",
      organizationName: "Org",
      organizationUuid: "org-1",
      ...account,
    },
  }
}

function login(from: ClaudeBundle): Login {
  const { access, refresh } = recordFields(from) as { access: Secret; refresh: Secret }
  const identity = claudeIdentity(from)
  return {
    provider: "anthropic",
    access,
    refresh,
    expiresAt: NOON,
    identity,
    fields: recordFields(from),
  }
}

describe("a bundle", () => {
  test.each<[string, JsonObject, JsonObject, string[]]>([
    ["is complete without the account's uuid", {}, { accountUuid: undefined }, []],
    ["that is long out is complete", { expiresAt: 1 }, {}, []],
    ["is complete with an ISO expiry", { expiresAt: "2026-01-01T00:00:00Z" }, {}, []],
    ["is complete with a numeric text", { expiresAt: String(NOON) }, {}, []],
    [
      "lacks an expiry of 0, as a dead login has",
      { expiresAt: 0 },
      {},
      ["claudeAiOauth.expiresAt"],
    ],
    ["lacks emptied tokens", { refreshToken: new Secret("") }, {}, ["claudeAiOauth.refreshToken"]],
    ["lacks a null plan", { subscriptionType: null }, {}, ["claudeAiOauth.subscriptionType"]],
    ["lacks blank scopes", { scopes: [" ", 7] }, {}, ["claudeAiOauth.scopes"]],
    ["lacks an organisation", {}, { organizationName: " " }, ["oauthAccount.organizationName"]],
  ])("%s", (_what, oauth, account, missing) => {
    expect(missingFrom(bundle(oauth, account))).toEqual(missing)
  })

  test("brings the reference's summary, and itself with a number and clean scopes", () => {
    const scopes = [" user:inference", "user:inference", "user:profile", ""]
    const from = bundle({ expiresAt: String(NOON), scopes, clientId: "c" })
    const fields = recordFields(from)
    expect(fields).toMatchObject({
      expiresAt: new Date(NOON).toISOString(),
      subscriptionType: "max",
      rateLimitTier: "default_claude_max_5x",
      scopes: ["user:inference", "user:profile"],
      emailAddress: "Boss@example.com",
      organizationName: "Org",
      organizationUuid: "org-1",
      nativeClaudeBundle: { claudeAiOauth: { expiresAt: NOON, clientId: "c" } },
    })
    expect(expiryOf({ expiresAt: "soon" })).toBeNull()
  })
})

describe("whose it is", () => {
  test("say the uuids in the tokens' record before `oauthAccount`", () => {
    const own = bundle({ accountUuid: "acc-2", organizationUuid: "org-2" })
    expect(contradicts(own)).toBe(true)
    expect(claudeIdentity(own)).toMatchObject({
      users: [{ claim: "accountUuid", id: "acc-2" }],
      workspace: "org-2",
      email: null,
    })
  })

  test("says `oauthAccount` where the tokens say nothing", () => {
    expect(contradicts(bundle())).toBe(false)
    expect(claudeIdentity(bundle())).toMatchObject({
      users: [
        { claim: "accountUuid", id: "acc-1" },
        { claim: "emailAddress", id: "boss@example.com" },
      ],
      workspace: "org-1",
      email: "boss@example.com",
    })
  })
})

describe("a record", () => {
  const stored = recordFields(bundle())

  test("keeps its account where a store brings tokens alone", () => {
    const tokens = { ...bundle({ refreshToken: new Secret("r2") }), oauthAccount: {} }
    const record = adoptLogin(stored, login(tokens))
    expect(record).toMatchObject({
      organizationName: "Org",
      nativeClaudeBundle: { oauthAccount: { emailAddress: "Boss@example.com" } },
    })
    expect(String((record.refresh as Secret).reveal())).toBe("r2")
    expect(record.formerPairs).toHaveLength(1)
  })

  test("is made whole by the same pair's store, and left alone by one that has no more", () => {
    const partial = recordFields({ ...bundle(), oauthAccount: {} })
    expect(completeLogin(partial, login(bundle()))).toMatchObject({ organizationUuid: "org-1" })
    expect(completeLogin(stored, login(bundle()))).toBe(stored)
    expect(completeLogin(stored, login({ ...bundle(), oauthAccount: {} }))).toBe(stored)
  })
})
