import { expect, test } from "bun:test"
import { chmodSync, symlinkSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { describeStore } from "../../../src/targets/codex/status.ts"
import { authOf, EXP, homeWith } from "./fixtures.ts"

const NO_MACHINE = "/nonexistent/etc/codex"

test("a login is shown by named fields, without a secret", async () => {
  const store = homeWith({ ...authOf("ws_1"), OPENAI_API_KEY: "CANARY-sk", mine: "CANARY" })
  const view = await describeStore(store, NO_MACHINE)
  expect(view).toEqual({
    home: store.home,
    realHome: store.realHome,
    authPath: store.file,
    symlinkTarget: null,
    exists: true,
    holds: "login",
    problem: null,
    authMode: "chatgpt",
    accountId: "ws_1",
    email: "ws_1@example.com",
    expiresAt: new Date(EXP * 1000).toISOString(),
    lastRefresh: "2026-11-01T08:00:00.123456789Z",
    hasApiKey: true,
    mode: "0600",
    storeMode: "file",
    storeSource: "default",
    storeConfigPath: `${store.home}/config.toml`,
    storeError: null,
  })
  expect(JSON.stringify(view)).not.toContain("CANARY")
})

test.each([
  ["absent", undefined, { exists: false, holds: "absent", mode: null, authMode: null }],
  [
    "an API key",
    { OPENAI_API_KEY: "CANARY" },
    { holds: "unmanaged", authMode: "apikey", hasApiKey: true },
  ],
  ["no login", {}, { holds: "blank", authMode: "chatgpt", accountId: null, hasApiKey: false }],
  ["broken", "CANARY", { exists: true, holds: "unreadable", authMode: null, mode: "0600" }],
])("%s", async (_name, auth, expected) => {
  const view = await describeStore(homeWith(auth), NO_MACHINE)
  expect(view).toMatchObject(expected)
  expect(view.problem === null).toBe(view.holds !== "unreadable")
  expect(JSON.stringify(view)).not.toContain("CANARY")
})

test("a symlink and a loose mode are seen", async () => {
  const store = homeWith(undefined)
  const target = join(dirname(store.home), "boss.json")
  writeFileSync(target, JSON.stringify(authOf("ws_1")))
  chmodSync(target, 0o644)
  symlinkSync(target, store.file)
  expect(await describeStore(store, NO_MACHINE)).toMatchObject({
    symlinkTarget: target,
    mode: "0644",
  })
})

test.each([
  ['cli_auth_credentials_store = "auto"', "auto", "config"],
  ["x = = 1", "unknown", "default"],
  ['cli_auth_credentials_store = "CANARY"', "unknown", "default"],
])("the store mode of %j", async (config, storeMode, storeSource) => {
  const view = await describeStore(homeWith(authOf("ws_1"), config), NO_MACHINE)
  expect(view).toMatchObject({ storeMode, storeSource })
  expect(view.storeError === null).toBe(storeMode !== "unknown")
  expect(JSON.stringify(view)).not.toContain("CANARY")
})
