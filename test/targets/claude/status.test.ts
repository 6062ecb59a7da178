import { expect, test } from "bun:test"
import { chmodSync, mkdirSync, renameSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { describeStore } from "../../../src/targets/claude/status.ts"
import { accountOf, EXPIRES, homeWith, oauthOf, stateFileOf } from "./fixtures.ts"

const FREE = { method: null, env: [] }

test("a store is shown by named fields, who it is by tokens and by account, and no token", async () => {
  const store = homeWith({ claudeAiOauth: oauthOf("a") }, { oauthAccount: accountOf("a") })
  chmodSync(store.file, 0o644)
  const other = join(store.home, "..", "other")
  mkdirSync(other)
  renameSync(stateFileOf(store), join(other, "state"))
  symlinkSync("other/state", stateFileOf(store))
  const view = await describeStore(store, null, FREE)
  expect(view).toMatchObject({
    home: store.home,
    authPath: store.file,
    symlinkTarget: null,
    exists: true,
    holds: "login",
    problem: null,
    authMode: "claude.ai",
    accountId: "org-a",
    email: "a@example.com",
    expiresAt: new Date(EXPIRES + 1).toISOString(),
    mode: "0644",
    storeMode: "file",
    storeConfigPath: join(store.home, "settings.json"),
  })
  expect(view.claude).toMatchObject({
    appStatePath: store.appState,
    appStateSymlinkTarget: join(store.home, "..", "other", "state"),
    appStateMode: "0600",
    byTokens: { users: [{ id: "acc-a" }], workspace: "org-a" },
    byAccount: { email: "a@example.com" },
    agree: true,
    organizationName: "a's Organization",
    scopes: ["user:profile", "user:inference"],
    subscriptionType: "max",
    rateLimitTier: "default_claude_max_20x",
    refreshTokenExpiresAt: new Date(EXPIRES + 2_592_000_000).toISOString(),
    keychain: null,
    keychainService: null,
  })
  expect(JSON.stringify(view)).not.toContain("CANARY")
})

test("a contradiction is seen, and what rules over the login", async () => {
  const store = homeWith({ claudeAiOauth: oauthOf("a") }, { oauthAccount: accountOf("b") })
  const view = await describeStore(store, null, { method: "api_key", env: ["ANTHROPIC_API_KEY"] })
  expect(view).toMatchObject({ authMode: "api_key", email: null, accountId: "org-a" })
  expect(view.claude).toMatchObject({
    agree: false,
    byTokens: { workspace: "org-a" },
    byAccount: { workspace: "org-b" },
  })
})

test("nothing, a dead login and a broken file are said so", async () => {
  const none = await describeStore(homeWith(undefined), null, FREE)
  expect(none).toMatchObject({ exists: false, holds: "absent", authMode: null, mode: null })
  expect(none.claude).toMatchObject({
    appStateExists: false,
    byTokens: null,
    byAccount: null,
    agree: null,
  })
  const husk = { ...oauthOf("a"), accessToken: "", refreshToken: "", expiresAt: 0 }
  const dead = await describeStore(homeWith({ claudeAiOauth: husk }), null, FREE)
  expect(dead).toMatchObject({
    holds: "blank",
    expiresAt: null,
    claude: { hasTokens: true, loggedIn: false, missing: expect.any(Array) },
  })
  const broken = await describeStore(homeWith("{CANARY"), null, FREE)
  expect(broken).toMatchObject({
    holds: "unreadable",
    problem: { code: "claude_target_auth_unreadable" },
    claude: { credentialsProblem: { code: "claude_target_auth_unreadable" }, hasTokens: false },
  })
})
