import { expect, test } from "bun:test"
import { credentialRecord } from "../../src/domain/document.ts"
import { claudeFingerprint, codexFingerprint } from "../../src/domain/fingerprint.ts"
import { vaultWith } from "./temp-vault.ts"

const BASE = {
  access: "A",
  refresh: "R",
  expiresAt: "2026-01-01T00:00:00.000Z",
  accountId: "acct_1",
}

// The two anchors that were computed by the reference program itself (aimgr 4404b27).
test.each([
  [BASE, "sha256:9580f12a66aaaccf85ebb12bebcf74d7d14dc5ba646be62762c29bdc3431405f"],
  [
    { ...BASE, idToken: "A" },
    "sha256:b9405b4195411edaeabc47d4926c23be336e802d785a7891ba4b031f9d3518c9",
  ],
])("a record read from the vault has the reference's fingerprint", async (record, expected) => {
  const keys = { formerPairs: ["x"], ...record, unknown: 1 }
  const vault = await vaultWith({
    schemaVersion: "0.2",
    credentials: { "openai-codex": { boss: keys } },
  })
  const { document } = await vault.read()
  expect(codexFingerprint(credentialRecord(document, "openai-codex", "boss"))).toBe(expected)
})

const OAUTH = {
  accessToken: "A",
  refreshToken: "R",
  expiresAt: 1767225600000,
  scopes: ["user:inference"],
  subscriptionType: "max",
  rateLimitTier: "t",
  extra: 1,
}
const ACCOUNT = {
  accountUuid: "u-1",
  emailAddress: "boss@example.com",
  organizationName: "Org",
  organizationUuid: "o-1",
}
const CLAUDE = {
  access: "A",
  refresh: "R",
  expiresAt: "2026-01-01T00:00:00.000Z",
  subscriptionType: "max",
  rateLimitTier: "t",
  scopes: ["user:inference"],
  emailAddress: "Boss@example.com",
  organizationName: "Org",
  organizationUuid: "o-1",
  nativeClaudeBundle: { claudeAiOauth: OAUTH, oauthAccount: ACCOUNT },
}
const WHOLE = "sha256:cdfacb5350124a223306cf933044934d3c988374583a818d79430df564f675fc"

// Hashed outside of aim, from the text that the reference program hashes (aimgr 4404b27 §2.12).
test.each<[string, object, boolean]>([
  ["as it is", CLAUDE, true],
  ["with keys that count for nothing", { formerPairs: ["x"], ...CLAUDE, lastRefresh: "y" }, true],
  [
    "with an expiry in words",
    {
      ...CLAUDE,
      nativeClaudeBundle: {
        claudeAiOauth: { ...OAUTH, expiresAt: "2026-01-01T00:00:00.000Z" },
        oauthAccount: ACCOUNT,
      },
    },
    true,
  ],
  [
    "with another order of keys in the bundle",
    {
      ...CLAUDE,
      nativeClaudeBundle: { claudeAiOauth: OAUTH, oauthAccount: { x: 1, ...ACCOUNT } },
    },
    false,
  ],
])("a Claude record %s has the reference's fingerprint", async (_name, record, same) => {
  const vault = await vaultWith({
    schemaVersion: "0.2",
    credentials: { anthropic: { boss: record } },
  })
  const { document } = await vault.read()
  const found = claudeFingerprint(credentialRecord(document, "anthropic", "boss"))
  expect(found === WHOLE).toBe(same)
  expect(found).toMatch(/^sha256:[0-9a-f]{64}$/)
})

test("a record without a token, or with an expiry that is none, has no fingerprint", () => {
  expect(claudeFingerprint({ ...CLAUDE, refresh: " " })).toBeNull()
  expect(claudeFingerprint({ ...CLAUDE, expiresAt: "soon" })).toBeNull()
  expect(codexFingerprint({ ...BASE, accountId: "" })).toBeNull()
})
