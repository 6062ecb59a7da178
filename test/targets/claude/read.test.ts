import { describe, expect, test } from "bun:test"
import { chmodSync, writeFileSync } from "node:fs"
import { inspect } from "node:util"
import { missingFrom } from "../../../src/domain/claude/bundle.ts"
import { adoptLogin } from "../../../src/domain/login.ts"
import type { Readback } from "../../../src/domain/store.ts"
import { readStore } from "../../../src/targets/claude/read.ts"
import { loginOf } from "../../../src/targets/claude/record.ts"
import { accountOf, EXPIRES, homeWith, oauthOf, recordOf, stateFileOf } from "./fixtures.ts"

const HUSK = { ...oauthOf("a"), accessToken: "", refreshToken: "", expiresAt: 0 }
const { accountUuid: _u, organizationUuid: _o, ...NAMELESS } = oauthOf("a")

async function loginIn(credentials: unknown, state?: unknown) {
  const found = await readStore(homeWith(credentials, state), null)
  if (found.kind !== "login") throw new Error(found.kind)
  return found
}

describe("what a store of Claude's holds", () => {
  const { refreshToken: _r, ...setup } = oauthOf("a")
  const cases: [string, unknown, unknown, Readback["kind"]][] = [
    ["nothing", undefined, undefined, "absent"],
    ["an account without tokens", undefined, { oauthAccount: accountOf("a") }, "absent"],
    ["a login", { claudeAiOauth: oauthOf("a") }, { oauthAccount: accountOf("a") }, "login"],
    ["a login without an app state", { claudeAiOauth: oauthOf("a") }, undefined, "login"],
    ["what is left of a dead login", { claudeAiOauth: HUSK }, {}, "blank"],
    ["other logins only", { mcpOAuth: { x: 1 } }, {}, "blank"],
    ["a null", { claudeAiOauth: null }, {}, "blank"],
    ["an empty object", {}, {}, "blank"],
    ["a setup token", { claudeAiOauth: setup }, {}, "unmanaged"],
    ["a blank refresh token", { claudeAiOauth: { ...setup, refreshToken: "" } }, {}, "unmanaged"],
    ["no JSON", '{"claudeAiOauth": CANARY', {}, "unreadable"],
    ["an empty file", "", {}, "unreadable"],
    ["a list", [], {}, "unreadable"],
    ["a list in it", { claudeAiOauth: ["CANARY"] }, {}, "unreadable"],
    ["a token that is none", { claudeAiOauth: { ...setup, refreshToken: 7 } }, {}, "unreadable"],
    ["two logins", '{"claudeAiOauth":{},"claudeAiOauth":{"CANARY":1}}', {}, "unreadable"],
    ["two tokens", '{"claudeAiOauth":{"accessToken":"a","accessToken":"b"}}', {}, "unreadable"],
    [
      "an impossible time",
      { claudeAiOauth: { ...oauthOf("a"), expiresAt: 1e300 } },
      {},
      "unreadable",
    ],
    ["a broken app state", { claudeAiOauth: oauthOf("a") }, "{CANARY", "unreadable"],
    [
      "an account that is none",
      { claudeAiOauth: oauthOf("a") },
      { oauthAccount: "CANARY" },
      "unreadable",
    ],
  ]
  test.each(cases)("%s", async (_, credentials, state, kind) => {
    const store = homeWith(credentials, state)
    const found = await readStore(store, null)
    expect(found.kind).toBe(kind)
    expect(inspect(found, { depth: 9 })).not.toContain("CANARY")
    if (found.kind !== "unreadable") return
    expect(
      [store.file, stateFileOf(store)].some((file) => found.problem.message.startsWith(file)),
    ).toBe(true)
  })

  test("the broken one of the two files is named", async () => {
    const broken = homeWith({ claudeAiOauth: oauthOf("a") }, "{")
    expect(await readStore(broken, null)).toMatchObject({
      problem: { message: `${broken.appState} is not valid JSON` },
    })
    chmodSync(stateFileOf(broken), 0)
    writeFileSync(broken.file, "{")
    expect(await readStore(broken, null)).toMatchObject({
      problem: { message: `${broken.file} is not valid JSON` },
    })
  })

  test("a login is whole: a record made of it can be written again", async () => {
    const { login } = await loginIn(
      { claudeAiOauth: oauthOf("a") },
      { oauthAccount: accountOf("a") },
    )
    const record = adoptLogin(null, login)
    expect(record).toMatchObject({ emailAddress: "a@example.com", subscriptionType: "max" })
    expect(loginOf(record)?.identity).toEqual(login.identity)
    expect(login.refresh.reveal()).toBe("CANARY-rt-a-1")
    expect(login.expiresAt).toBe(EXPIRES + 1)
    const { claudeAiOauth } = recordOf("a").nativeClaudeBundle as Record<string, object>
    expect(
      missingFrom({ claudeAiOauth: { ...claudeAiOauth }, oauthAccount: accountOf("a") }),
    ).toEqual([])
  })

  test("a login that ends in 1970 is older than any other, one that never ends says so", async () => {
    const at = async (expiresAt: unknown) =>
      (await loginIn({ claudeAiOauth: { ...oauthOf("a"), expiresAt } })).login.expiresAt
    expect(await at(0)).toBe(0)
    expect(await at(null)).toBeNull()
    expect(await at("2030-01-01T00:00:00Z")).toBe(Date.parse("2030-01-01T00:00:00Z"))
  })
})

describe("whose a login is", () => {
  test("the tokens say, when oauthAccount is another's, and nothing of that is taken in", async () => {
    const found = await loginIn({ claudeAiOauth: oauthOf("a") }, { oauthAccount: accountOf("b") })
    expect(found.contradiction).toMatchObject({
      byTokens: { users: [{ id: "acc-a" }], workspace: "org-a" },
      byAccount: { email: "b@example.com", workspace: "org-b" },
    })
    expect(found.login.identity).toMatchObject({
      users: [{ id: "acc-a" }],
      workspace: "org-a",
      email: null,
    })
    expect(found.login.fields).toMatchObject({ nativeClaudeBundle: { oauthAccount: {} } })
    expect(JSON.stringify(found.login)).not.toContain("org-b")
    const kept = adoptLogin(recordOf("a"), found.login)
    expect(kept).toMatchObject({ nativeClaudeBundle: { oauthAccount: accountOf("a") } })
  })

  test("oauthAccount says, when the tokens don't", async () => {
    const found = await loginIn({ claudeAiOauth: NAMELESS }, { oauthAccount: accountOf("b") })
    expect(found.contradiction).toBeUndefined()
    expect(found.login.identity).toMatchObject({ workspace: "org-b", email: "b@example.com" })
  })

  test("an organisation of another's is a contradiction too, and then nobody knows the user", async () => {
    const oauth = { ...NAMELESS, organizationUuid: "org-a" }
    const found = await loginIn({ claudeAiOauth: oauth }, { oauthAccount: accountOf("b") })
    expect(found.contradiction).toBeDefined()
    expect(found.login.identity).toMatchObject({ users: [], workspace: "org-a", email: null })
  })

  test("nobody knows, without either", async () => {
    const { login } = await loginIn({ claudeAiOauth: NAMELESS })
    expect(login.identity).toMatchObject({ users: [], workspace: null })
  })
})

describe("the stamp", () => {
  test("changes with the login and with its account, not with the rest of the app state", async () => {
    const state = { oauthAccount: accountOf("a"), numStartups: 1 }
    const store = homeWith({ claudeAiOauth: oauthOf("a") }, state)
    const stamp = async () => {
      const found = await readStore(store, null)
      return "stamp" in found ? found.stamp : null
    }
    const first = await stamp()
    writeFileSync(stateFileOf(store), JSON.stringify({ ...state, numStartups: 2 }))
    expect(await stamp()).toBe(first)
    writeFileSync(stateFileOf(store), JSON.stringify({ oauthAccount: accountOf("b") }))
    const second = await stamp()
    expect(second).not.toBe(first)
    writeFileSync(store.file, JSON.stringify({ claudeAiOauth: oauthOf("a"), mcpOAuth: {} }))
    expect(await stamp()).not.toBe(second)
  })
})

test("tells what is left of a dead login from one that is gone", async () => {
  const store = (credentials: unknown) => readStore(homeWith(credentials, {}), null)
  expect(await store({ claudeAiOauth: HUSK })).not.toHaveProperty("gone")
  expect(await store({ mcpOAuth: { x: 1 } })).toMatchObject({ kind: "blank", gone: true })
})
