import { expect, test } from "bun:test"
import { claudeReadiness } from "../../../src/domain/claude/readiness.ts"
import { type Document, EMPTY_DOCUMENT } from "../../../src/domain/document.ts"
import type { JsonObject } from "../../../src/domain/login.ts"
import { pairHash } from "../../../src/domain/pair.ts"
import { Secret } from "../../../src/system/secret.ts"
import { HOUR, NOW } from "../capacity/pool-facts.ts"

const BUNDLE = {
  claudeAiOauth: {
    accessToken: new Secret("a"),
    refreshToken: new Secret("r"),
    expiresAt: NOW + HOUR,
    scopes: ["user:inference"],
    subscriptionType: "max",
    rateLimitTier: "default_claude_max_5x",
  },
  oauthAccount: {
    emailAddress: "boss@example.com",
    organizationName: "Org",
    organizationUuid: "org-1",
  },
}
const LOGIN = {
  access: new Secret("a"),
  refresh: new Secret("r"),
  expiresAt: new Date(NOW + HOUR).toISOString(),
  nativeClaudeBundle: BUNDLE,
}
const EXPIRED = { ...LOGIN, expiresAt: new Date(NOW - HOUR).toISOString() }
const { oauthAccount: _account, ...PARTIAL } = BUNDLE

/** The rules of the reference's page §3.5, first match wins. */
test.each<[string, JsonObject, JsonObject | null, string, string]>([
  ["a whole login", {}, LOGIN, "ready", "native_claude"],
  ["run out, but with a refresh token", {}, EXPIRED, "ready", "refresh_due"],
  [
    "refused by the issuer for good",
    {},
    { ...LOGIN, verdict: { reason: "invalid_grant", at: "", pair: pairHash(LOGIN.refresh) } },
    "reauth",
    "expired_credentials",
  ],
  [
    "refused when it held another pair",
    {},
    { ...LOGIN, verdict: { reason: "invalid_grant", at: "", pair: "another" } },
    "ready",
    "native_claude",
  ],
  ["no login", {}, null, "reauth", "missing_credentials"],
  ["emptied tokens", {}, { ...LOGIN, refresh: new Secret(" ") }, "reauth", "missing_credentials"],
  [
    "no bundle",
    {},
    { ...LOGIN, nativeClaudeBundle: undefined },
    "reauth",
    "missing_native_claude_bundle",
  ],
  [
    "half a bundle",
    {},
    { ...LOGIN, nativeClaudeBundle: PARTIAL },
    "reauth",
    "missing_native_claude_bundle",
  ],
  ["blocked", { reauth: { blockedReason: "needs a person" } }, LOGIN, "blocked", "blocked"],
  [
    "a duplicate that is none any more",
    { reauth: { blockedReason: "Duplicate native Claude bundle" } },
    LOGIN,
    "ready",
    "native_claude",
  ],
  [
    "a duplicate that may still be one",
    { reauth: { blockedReason: "Duplicate native Claude bundle" } },
    EXPIRED,
    "blocked",
    "blocked",
  ],
  [
    "another e-mail than expected",
    { expect: { email: "qa@example.com" } },
    LOGIN,
    "blocked",
    "conflict",
  ],
  ["the expected one", { expect: { email: "BOSS@example.com" } }, LOGIN, "ready", "native_claude"],
])("%s", (_name, account, login, status, code) => {
  const document: Document = {
    ...EMPTY_DOCUMENT,
    accounts: { boss: { provider: "anthropic", ...account } },
    credentials: { anthropic: login === null ? {} : { boss: login } },
  }
  expect(claudeReadiness(document, "boss", NOW)).toMatchObject({
    status: status as "ready",
    code,
    mend: status === "ready" ? null : "aim login boss",
  })
})
