import { describe, expect, test } from "bun:test"
import { asCodexCredential, type CodexCredential } from "../../../src/domain/credential.ts"
import { AimError } from "../../../src/system/errors.ts"
import { Secret } from "../../../src/system/secret.ts"
import { parseAuthFile } from "../../../src/targets/codex/auth-file.ts"
import { mergedAuth, newAuth } from "../../../src/targets/codex/compose.ts"
import { authOf, EXP, IAT, jwt, recordOf, tokensOf } from "./fixtures.ts"

const NOW = Date.parse("2026-11-20T00:00:00Z")

function credential(account: string, patch: Record<string, unknown> = {}): CodexCredential {
  const found = asCodexCredential({ ...recordOf(account), ...patch })
  if (found === null) throw new Error("no credential")
  return found
}

function merge(into: CodexCredential, text: string): string | null {
  const parsed = parseAuthFile(text, "auth.json")
  if (parsed.kind === "unreadable") throw new Error(parsed.problem.message)
  return mergedAuth(into, { text, auth: parsed.auth }, NOW)
}

describe("a new file", () => {
  test("is what Codex's own login writes, byte for byte", () => {
    const { id_token, access_token, refresh_token } = tokensOf("ws_1")
    expect(newAuth(credential("ws_1"), NOW)).toBe(`{
  "auth_mode": "chatgpt",
  "OPENAI_API_KEY": null,
  "tokens": {
    "id_token": "${id_token}",
    "access_token": "${access_token}",
    "refresh_token": "${refresh_token}",
    "oauth_provenance": {
      "issuer": "https://auth.openai.com",
      "client_id": "app_test"
    },
    "login_owner_id": "CANARY-owner-ws_1",
    "account_id": "ws_1"
  },
  "last_refresh": "2026-11-02T09:00:00Z"
}`)
  })

  test.each([
    ["the record's", {}, "2026-11-02T09:00:00Z"],
    ["made RFC 3339 Z", { lastRefresh: "2026-11-02 09:00:00+01:00" }, "2026-11-02T08:00:00.000Z"],
    [
      "when the token was issued",
      { lastRefresh: undefined },
      new Date((IAT + 1) * 1000).toISOString(),
    ],
    ["the same for one that is no time", { lastRefresh: "soon" }, undefined],
    [
      "now",
      { lastRefresh: undefined, access: new Secret(jwt({ exp: EXP })) },
      "2026-11-20T00:00:00.000Z",
    ],
  ])("last_refresh is %s", (_name, patch, expected) => {
    const written = JSON.parse(newAuth(credential("ws_1", patch), NOW))
    expect(written.last_refresh).toBe(expected ?? new Date((IAT + 1) * 1000).toISOString())
  })

  const access = new Secret(String(tokensOf("ws_1").access_token))
  const real = new Secret(String(tokensOf("ws_1").id_token))
  test.each([
    ["the stored one", { idToken: real }, real],
    ["the access token without one", { idToken: undefined }, access],
    [
      "the access token for one that Codex would refuse",
      { idToken: new Secret("e30.e30=.x") },
      access,
    ],
    ["the access token in its place, as the reference stores it", { idToken: access }, access],
  ])("id_token is %s", (_name, patch, expected) => {
    const written = JSON.parse(newAuth(credential("ws_1", patch), NOW))
    expect(written.tokens.id_token).toBe(expected.reveal())
  })

  test("is refused where no id token can be had", () => {
    const opaque = credential("ws_1", { idToken: undefined, access: new Secret("CANARY-opaque") })
    let thrown: unknown
    try {
      newAuth(opaque, NOW)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(AimError)
    const problem = (thrown as AimError).problem
    expect(problem.code).toBe("codex_id_token_missing")
    expect(JSON.stringify(problem)).not.toContain("CANARY")
  })
})

describe("a merge", () => {
  const print = (value: unknown, indent: string) => JSON.stringify(value, null, indent)

  test.each([
    ["two spaces, as Codex", (value: unknown) => print(value, "  ")],
    ["four spaces and a newline", (value: unknown) => `${print(value, "    ")}\n`],
    ["tabs and two newlines", (value: unknown) => `${print(value, "\t")}\n\n`],
    ["CRLF", (value: unknown) => `${print(value, "  ").replaceAll("\n", "\r\n")}\r\n`],
    ["one line", (value: unknown) => JSON.stringify(value)],
    ["one line in blanks", (value: unknown) => ` ${JSON.stringify(value)} \n`],
  ])("keeps unknown keys, order and layout: %s", (_name, layout) => {
    const { tokens, ...rest } = authOf("ws_2")
    const before = { zeta: { "10": 1, "2": [] }, ...rest, tokens, alpha: "é" }
    const after = { ...before, tokens: tokensOf("ws_1"), last_refresh: "2026-11-02T09:00:00Z" }
    expect(merge(credential("ws_1"), layout(before))).toBe(layout(after))
  })

  test("leaves every byte of what it does not own", () => {
    const file = JSON.stringify(authOf("ws_2"), null, 2)
    const odd = `{\n  "n" : 12345678901234567890.10,  "u":"\\u00e9\\/","\\"{":"a\\\\\\"}],",\n\n  "7": {"b" :1, "a": [ ] } ,\n  "1":null,`
    const merged = merge(credential("ws_1"), odd + file.slice(1))
    expect(merged?.startsWith(odd)).toBe(true)
    expect(JSON.parse(merged ?? "").tokens).toEqual(tokensOf("ws_1"))
  })

  test("adds what is missing where Codex puts it", () => {
    const merged = merge(credential("ws_1"), '{\n  "mine": 1\n}\n')
    expect(Object.keys(JSON.parse(merged ?? ""))).toEqual([
      "auth_mode",
      "OPENAI_API_KEY",
      "tokens",
      "last_refresh",
      "mine",
    ])
    expect(merged?.endsWith(',\n  "mine": 1\n}\n')).toBe(true)
  })

  test("fills a file without any login as a new one", () => {
    expect(merge(credential("ws_1"), "{}")).toBe(newAuth(credential("ws_1"), NOW))
    expect(merge(credential("ws_1"), "{}\n")).toBe(`${newAuth(credential("ws_1"), NOW)}\n`)
    expect(merge(credential("ws_1"), "{ }")).toBe(newAuth(credential("ws_1"), NOW))
  })

  test.each([
    ["an API key login", { auth_mode: "apikey", OPENAI_API_KEY: "sk-mine" }],
    ["an API key, no mode", { OPENAI_API_KEY: "sk-mine" }],
    ["a personal token", { OPENAI_API_KEY: "sk-mine", personal_access_token: "at-mine" }],
  ])("keeps the key of %s and makes the file a ChatGPT login", (_name, before) => {
    const after = JSON.parse(merge(credential("ws_1"), JSON.stringify(before)) ?? "")
    expect(after).toMatchObject({ ...before, auth_mode: "chatgpt", tokens: tokensOf("ws_1") })
  })

  test("replaces what is inside tokens as a whole", () => {
    const before = { ...authOf("ws_2"), tokens: { ...tokensOf("ws_2"), theirs: "x" } }
    const after = JSON.parse(merge(credential("ws_1"), JSON.stringify(before)) ?? "")
    expect(after.tokens).toEqual(tokensOf("ws_1"))
  })

  test("is nothing where the file holds that login", () => {
    const { OPENAI_API_KEY, auth_mode, tokens, last_refresh } = authOf("ws_1")
    for (const file of [
      { auth_mode, OPENAI_API_KEY, tokens, last_refresh },
      { last_refresh, tokens, OPENAI_API_KEY: "sk-mine", auth_mode, other: 1 },
      { tokens, last_refresh: "2026-01-01 00:00:00+02:00" },
      { ...authOf("ws_1"), tokens: Object.fromEntries(Object.entries(tokensOf("ws_1")).reverse()) },
    ])
      expect(merge(credential("ws_1"), JSON.stringify(file))).toBeNull()
  })

  test.each([
    ["account_id missing", { tokens: { ...tokensOf("ws_1"), account_id: undefined } }],
    ["last_refresh missing", { last_refresh: undefined }],
    ["an API key takes over", { auth_mode: undefined, OPENAI_API_KEY: "sk" }],
    ["older pair", { tokens: tokensOf("ws_1", 0) }],
  ])("is due where %s", (_name, patch) => {
    const after = merge(credential("ws_1"), JSON.stringify({ ...authOf("ws_1"), ...patch }))
    expect(merge(credential("ws_1"), after ?? "")).toBeNull()
  })

  test("takes over from the same pair what the record has never seen", () => {
    const imported = credential("ws_1", {
      idToken: new Secret(String(tokensOf("ws_1").access_token)),
      tokensExtra: undefined,
    })
    expect(merge(imported, JSON.stringify(authOf("ws_1")))).toBeNull()
    const noTime = JSON.stringify({ ...authOf("ws_1"), last_refresh: null })
    const after = JSON.parse(merge(imported, noTime) ?? "")
    expect(after.tokens).toEqual(tokensOf("ws_1"))
    expect(after.last_refresh).toBe("2026-11-02T09:00:00Z")
  })

  test("keeps the file's last_refresh with the same pair only", () => {
    const wrongAccount = { ...authOf("ws_1"), tokens: { ...tokensOf("ws_1"), account_id: "ws_9" } }
    const same = JSON.parse(merge(credential("ws_1"), JSON.stringify(wrongAccount)) ?? "")
    expect(same.last_refresh).toBe("2026-11-01T08:00:00.123456789Z")
    const other = JSON.parse(merge(credential("ws_1"), JSON.stringify(authOf("ws_2"))) ?? "")
    expect(other.last_refresh).toBe("2026-11-02T09:00:00Z")
  })
})
