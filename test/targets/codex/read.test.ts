import { describe, expect, test } from "bun:test"
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { asCodexCredential } from "../../../src/domain/credential.ts"
import type { Readback } from "../../../src/domain/store.ts"
import { readStore } from "../../../src/targets/codex/read.ts"
import { authOf, claims, EXP, homeWith, jwt, storeIn, tempFolder, tokensOf } from "./fixtures.ts"

type Kind = Readback["kind"]
const tokens = tokensOf("ws_1")
const full = authOf("ws_1")
const without = (key: string) => ({ ...tokens, [key]: undefined })
const withTokens = (patch: Record<string, unknown>) => ({
  ...full,
  tokens: { ...tokens, ...patch },
})
const part = (text: string) => Buffer.from(text).toString("base64url")
const idToken = (payload: string) => withTokens({ id_token: `e30.${payload}.x` })
const text = JSON.stringify(full)
const awsKeys = { access_key_id: "CANARY", secret_access_key: "CANARY" }

/** Every form that was run against Codex CLI 0.169.0, with what aim makes of it. */
const forms: [string, unknown, Kind][] = [
  ["its own login", full, "login"],
  ["auth_mode absent", { ...full, auth_mode: undefined }, "login"],
  ["auth_mode null", { ...full, auth_mode: null }, "login"],
  ["chatgpt with an API key beside it", { ...full, OPENAI_API_KEY: "CANARY-sk" }, "login"],
  ["OPENAI_API_KEY absent", { ...full, OPENAI_API_KEY: undefined }, "login"],
  ["id_token is the access token", withTokens({ id_token: tokens.access_token }), "login"],
  ["id_token without claims", idToken(part("{}")), "login"],
  ["id_token of four parts", withTokens({ id_token: `e30.${part("{}")}.x.y` }), "login"],
  ["account_id absent", { ...full, tokens: without("account_id") }, "login"],
  ["account_id null", withTokens({ account_id: null }), "login"],
  ["account_id is another", withTokens({ account_id: "ws_9" }), "login"],
  ["access token blank", withTokens({ access_token: "" }), "login"],
  ["last_refresh absent", { ...full, last_refresh: undefined }, "login"],
  ["last_refresh null", { ...full, last_refresh: null }, "login"],
  ["last_refresh with an offset", { ...full, last_refresh: "2026-01-01T00:00:00+02:00" }, "login"],
  ["last_refresh with a space", { ...full, last_refresh: "2026-01-01 00:00:00Z" }, "login"],
  ["unknown keys", { ...withTokens({ beta: { a: 1 } }), alpha: [1] }, "login"],
  ["a duplicate of an unknown key", `{"x":1,"x":2,${text.slice(1)}`, "login"],
  ["agent identity beside chatgpt", { ...full, agent_identity: "CANARY-agent" }, "login"],
  [
    "agent identity and tokens, no mode",
    { ...full, auth_mode: null, agent_identity: "x" },
    "login",
  ],

  ["no tokens at all", {}, "blank"],
  ["chatgpt without tokens", { auth_mode: "chatgpt" }, "blank"],
  ["tokens null", { ...full, tokens: null }, "blank"],
  ["refresh token blank", withTokens({ refresh_token: "" }), "blank"],
  ["both blank", withTokens({ refresh_token: " ", access_token: "" }), "blank"],

  ["API key login", { auth_mode: "apikey", OPENAI_API_KEY: "CANARY-sk" }, "unmanaged"],
  ["API key, no mode", { OPENAI_API_KEY: "CANARY-sk" }, "unmanaged"],
  ["empty API key, no mode", { OPENAI_API_KEY: "" }, "unmanaged"],
  ["API key and tokens, no mode", { ...full, auth_mode: null, OPENAI_API_KEY: "x" }, "unmanaged"],
  ["apikey mode over tokens", { ...full, auth_mode: "apikey" }, "unmanaged"],
  ["tokens that a host keeps", { ...full, auth_mode: "chatgptAuthTokens" }, "unmanaged"],
  ["headers", { auth_mode: "headers" }, "unmanaged"],
  ["personal access token", { personal_access_token: "CANARY-pat" }, "unmanaged"],
  ["the same, with tokens", { ...full, auth_mode: null, personal_access_token: "x" }, "unmanaged"],
  ["agent identity", { agent_identity: "CANARY-agent" }, "unmanaged"],
  ["bedrock key", { bedrock_api_key: { api_key: "CANARY", region: "r" } }, "unmanaged"],
  [
    "bedrock access keys",
    { bedrock_access_keys: { access_key_id: "CANARY", secret_access_key: "CANARY" } },
    "unmanaged",
  ],

  ["empty file", "", "unreadable"],
  ["blanks", " \n", "unreadable"],
  ["not JSON", "CANARY-text {", "unreadable"],
  ["UTF-8 BOM", `\ufeff${text}`, "unreadable"],
  ["text after it", `${text} CANARY`, "unreadable"],
  ["null", "null", "unreadable"],
  ["array", "[]", "unreadable"],
  ["control character", '{"CANARY":"a\tb"}', "unreadable"],
  ["auth_mode twice", `{"auth_mode":"chatgpt",${text.slice(1)}`, "unreadable"],
  ["auth_mode twice, once escaped", `{"auth\\u005fmode":"chatgpt",${text.slice(1)}`, "unreadable"],
  ["token twice", text.replace('"id_token"', '"refresh_token":"CANARY","id_token"'), "unreadable"],
  ...["zzz", "ChatGPT", "apiKey", 1].map((mode): [string, unknown, Kind] => [
    `auth_mode ${mode}`,
    { ...full, auth_mode: mode },
    "unreadable",
  ]),
  ["API key is a number", { ...full, OPENAI_API_KEY: 5 }, "unreadable"],
  ["tokens is an array", { ...full, tokens: [] }, "unreadable"],
  ["tokens is a text", { ...full, tokens: "CANARY" }, "unreadable"],
  ["id_token missing", { ...full, tokens: without("id_token") }, "unreadable"],
  ["id_token null", withTokens({ id_token: null }), "unreadable"],
  ["id_token empty", withTokens({ id_token: "" }), "unreadable"],
  ["id_token an object", withTokens({ id_token: { raw: "CANARY" } }), "unreadable"],
  ["id_token of two parts", withTokens({ id_token: "e30.e30" }), "unreadable"],
  ["id_token with an empty part", withTokens({ id_token: "e30.e30." }), "unreadable"],
  ["id_token padded", idToken("e30="), "unreadable"],
  ["id_token in plain base64", idToken("eyJ+fn4iOjF9"), "unreadable"],
  ["id_token with loose last bits", idToken("eyJhIjogMX1"), "unreadable"],
  ["id_token not JSON", idToken(part("CANARY")), "unreadable"],
  ["id_token null inside", idToken(part("null")), "unreadable"],
  ["id_token with a numeric email", idToken(part('{"email":5}')), "unreadable"],
  [
    "id_token with a numeric auth claim",
    idToken(part('{"https://api.openai.com/auth":5}')),
    "unreadable",
  ],
  ["access_token missing", { ...full, tokens: without("access_token") }, "unreadable"],
  ["refresh_token missing", { ...full, tokens: without("refresh_token") }, "unreadable"],
  ["refresh_token null", withTokens({ refresh_token: null }), "unreadable"],
  ["account_id a number", withTokens({ account_id: 5 }), "unreadable"],
  ["login_owner_id a number", withTokens({ login_owner_id: 5 }), "unreadable"],
  ["provenance a text", withTokens({ oauth_provenance: "CANARY" }), "unreadable"],
  ["provenance in part", withTokens({ oauth_provenance: { issuer: "CANARY" } }), "unreadable"],
  ["last_refresh a number", { ...full, last_refresh: 5 }, "unreadable"],
  ["last_refresh without a zone", { ...full, last_refresh: "2026-01-01T00:00:00" }, "unreadable"],
  ["personal access token a number", { ...full, personal_access_token: 5 }, "unreadable"],
  ["agent identity a number", { ...full, agent_identity: 5 }, "unreadable"],
  ["bedrock key a text", { ...full, bedrock_api_key: "CANARY" }, "unreadable"],
  [
    "bedrock session a number",
    { bedrock_access_keys: { ...awsKeys, session_token: 5 } },
    "unreadable",
  ],
  [
    "agent identity in part",
    { ...full, agent_identity: { agent_runtime_id: "CANARY" } },
    "unreadable",
  ],
  ["half a character", text.replace("CANARY-rt", "\\ud800CANARY"), "unreadable"],
  [
    "id_token with a claim that must be true or false",
    idToken(part('{"https://api.openai.com/auth":{"chatgpt_account_is_fedramp":null}}')),
    "unreadable",
  ],
  ["bedrock key without region", { bedrock_api_key: { api_key: "CANARY" } }, "unreadable"],
]

describe("a Codex home is read by the rules of the real binary", () => {
  test.each(forms)("%s", async (_name, auth, kind) => {
    const readback = await readStore(homeWith(auth))
    expect(readback.kind).toBe(kind)
    expect(JSON.stringify(readback)).not.toContain("CANARY")
    expect(Bun.inspect(readback)).not.toContain("CANARY")
  })

  test("no file, no home", async () => {
    expect(await readStore(homeWith(undefined))).toEqual({ kind: "absent" })
    expect(await readStore(storeIn(join(tempFolder(), "none")))).toEqual({ kind: "absent" })
  })

  test("a folder, foreign bytes and a huge file are named, not thrown", async () => {
    const folder = homeWith(undefined)
    mkdirSync(folder.file)
    const bytes = homeWith(undefined)
    writeFileSync(bytes.file, new Uint8Array([123, 255, 254]))
    const huge = homeWith(`{"x":"${"y".repeat(1_100_000)}"}`)
    const deep = homeWith(withTokens({ deep: JSON.parse("[".repeat(300) + "]".repeat(300)) }))
    for (const store of [folder, bytes, huge, deep]) {
      const readback = await readStore(store)
      expect(readback.kind).toBe("unreadable")
      if (readback.kind !== "unreadable") continue
      expect(readback.problem.code).toBe("codex_target_auth_unreadable")
      expect(readback.problem.message).toContain(store.file)
      expect(readback.problem.hint).toContain("aim leaves the file as it is")
    }
  })

  test.each([0o600, 0o644, 0o666, 0o400])("mode %o", async (mode) => {
    const store = homeWith(full)
    chmodSync(store.file, mode)
    expect((await readStore(store)).kind).toBe("login")
  })

  test("a symlinked file, and one that points nowhere", async () => {
    const store = homeWith(undefined)
    symlinkSync(join(dirname(store.home), "boss.json"), store.file)
    expect((await readStore(store)).kind).toBe("absent")
    writeFileSync(join(dirname(store.home), "boss.json"), text)
    expect((await readStore(store)).kind).toBe("login")
  })
})

describe("a login brings into the vault's record", () => {
  async function fieldsOf(auth: unknown) {
    const readback = await readStore(homeWith(auth))
    if (readback.kind !== "login") throw new Error(readback.kind)
    return readback.login
  }

  test("its tokens, account, times and everything else inside `tokens`", async () => {
    const login = await fieldsOf(withTokens({ session_secret: "CANARY-new" }))
    const credential = asCodexCredential(login.fields)
    expect(credential?.access.reveal()).toBe(String(tokens.access_token))
    expect(credential?.refresh.reveal()).toBe(String(tokens.refresh_token))
    expect(credential?.idToken?.reveal()).toBe(String(tokens.id_token))
    expect(credential?.accountId).toBe("ws_1")
    expect(credential?.expiresAt).toBe(new Date(EXP * 1000).toISOString())
    expect(credential?.lastRefresh).toBe("2026-11-01T08:00:00.123456789Z")
    expect(Object.keys(credential?.tokensExtra ?? {}).sort()).toEqual([
      "login_owner_id",
      "oauth_provenance",
      "session_secret",
    ])
    expect(credential?.tokensExtra?.oauth_provenance).toEqual(tokens.oauth_provenance)
    expect(login.identity.email).toBe("ws_1@example.com")
  })

  test("an id token even where it is the access token", async () => {
    const login = await fieldsOf(withTokens({ id_token: tokens.access_token }))
    expect(asCodexCredential(login.fields)?.idToken?.equals(login.access)).toBe(true)
  })

  test.each([
    ["id token", withTokens({ account_id: null }), "ws_1"],
    ["access token", withTokens({ account_id: " ", id_token: jwt({}) }), "ws_1"],
    ["file before claim", withTokens({ account_id: "ws_9" }), "ws_9"],
    ["nowhere", withTokens({ account_id: null, id_token: jwt({}), access_token: "at" }), undefined],
  ])("the account from the %s", async (_name, auth, account) => {
    expect((await fieldsOf(auth)).fields.accountId).toBe(account)
  })

  const opaque = { access_token: "CANARY-opaque" }
  test.each([
    ["exp", full, EXP * 1000, new Date(EXP * 1000).toISOString()],
    [
      "last_refresh and eight days",
      { ...withTokens(opaque), last_refresh: "2026-01-01T00:00:00Z" },
      Date.parse("2026-01-09T00:00:00Z"),
      "2026-01-09T00:00:00.000Z",
    ],
    [
      "nowhere: due at once",
      { ...withTokens({ access_token: jwt(claims("ws_1")) }), last_refresh: null },
      null,
      "1970-01-01T00:00:00.000Z",
    ],
  ])("the end of the access token from %s", async (_name, auth, expiresAt, written) => {
    const login = await fieldsOf(auth)
    expect(login.expiresAt).toBe(expiresAt)
    expect(login.fields.expiresAt).toBe(written)
    expect(asCodexCredential(login.fields)).not.toBeNull()
  })
})

test.each([
  [{ OPENAI_API_KEY: "x" }, "an API key"],
  [{ auth_mode: "chatgptAuthTokens" }, "ChatGPT tokens that another program keeps fresh"],
  [{ auth_mode: "headers" }, "a login by request headers"],
  [{ agent_identity: "x" }, "an agent identity"],
  [{ OPENAI_API_KEY: "x", personal_access_token: "x" }, "a personal access token"],
  [
    { OPENAI_API_KEY: "x", bedrock_api_key: { api_key: "k", region: "r" } },
    "an Amazon Bedrock API key",
  ],
  [
    { bedrock_access_keys: { access_key_id: "k", secret_access_key: "s" } },
    "Amazon Bedrock access keys",
  ],
])("an unmanaged login is named: %j", async (auth, what) => {
  expect(await readStore(homeWith(auth))).toMatchObject({ kind: "unmanaged", what })
})

test("tells tokens that Codex emptied from a login that is gone", async () => {
  expect(await readStore(homeWith(withTokens({ refresh_token: "" })))).not.toHaveProperty("gone")
  expect(await readStore(homeWith({}))).toMatchObject({ kind: "blank", gone: true })
})
