import { describe, expect, test } from "bun:test"
import { type Document, EMPTY_DOCUMENT } from "../../../src/domain/document.ts"
import { codexFingerprint } from "../../../src/domain/fingerprint.ts"
import { importStatus } from "../../../src/domain/import/status.ts"
import type { JsonObject } from "../../../src/domain/login.ts"
import { Secret } from "../../../src/system/secret.ts"

const CODEX = {
  access: new Secret("A"),
  refresh: new Secret("R"),
  expiresAt: "2026-01-01T00:00:00.000Z",
  accountId: "acct_1",
}
const OWN = codexFingerprint(CODEX)

function codexImport(base: JsonObject, record: JsonObject = CODEX): Document {
  return {
    ...EMPTY_DOCUMENT,
    credentials: { "openai-codex": { boss: record } },
    imports: { authority: { codex: { source: "ops@studio", labelsByName: { boss: base } } } },
  }
}

describe("a Codex label from an authority", () => {
  test.each<[string, JsonObject, boolean]>([
    ["as it came", { baseCredentialFingerprint: OWN, baseAccountId: "acct_1" }, false],
    ["another pair", { baseCredentialFingerprint: "sha256:0" }, true],
    ["another account", { baseAccountId: "acct_2" }, true],
    ["flagged", { dirtyLocal: true }, true],
    ["a flag that is none", { dirtyLocal: "yes" }, false],
    ["no base: nothing is known to differ", {}, false],
    ["a login where the authority had none", { baseCredentialFingerprint: null }, true],
  ])("%s", (_name, base, dirty) => {
    const { labels, labelsByName, dirtyLabels } = importStatus(codexImport(base), "openai-codex")
    expect(labels).toEqual(["boss"])
    expect(labelsByName.boss?.dirtyLocal).toBe(dirty)
    expect(dirtyLabels).toEqual(dirty ? ["boss"] : [])
  })

  test("shows named fields and no fingerprint", () => {
    const base = { baseCredentialFingerprint: OWN, baseAccountId: "acct_1", mine: "CANARY" }
    const shown = importStatus(codexImport(base), "openai-codex")
    expect(shown).toMatchObject({ source: "ops@studio", importedAt: null })
    expect(shown.labelsByName.boss).toEqual({
      importedAt: null,
      dirtyLocal: false,
      dirtyObservedAt: null,
      lastPromotedAt: null,
      baseAccountId: "acct_1",
    })
  })
})

describe("a Claude label from an authority", () => {
  const stored = { emailAddress: "Boss@example.com", organizationUuid: "org" }
  const whole = { nativeClaudeBundle: { oauthAccount: { ...stored, accountUuid: "u1" } } }
  test.each<[string, JsonObject | undefined, JsonObject, boolean]>([
    ["the same account", { accountUuid: "u1", emailAddress: "old@example.com" }, whole, false],
    ["another account", { accountUuid: "u2" }, whole, true],
    ["the same e-mail in other letters", { emailAddress: "boss@EXAMPLE.com" }, stored, false],
    ["another organisation", { ...stored, organizationUuid: "other" }, stored, true],
    ["nothing known", undefined, stored, false],
  ])("%s", (_name, baseIdentity, record, dirty) => {
    const base = { baseIdentity, baseCredentialFingerprint: "sha256:1" }
    const document: Document = {
      ...EMPTY_DOCUMENT,
      credentials: { anthropic: { boss: record } },
      imports: { authority: { anthropic: { labels: ["boss"], labelsByName: { boss: base } } } },
    }
    const { labelsByName } = importStatus(document, "anthropic")
    expect(labelsByName.boss).toMatchObject({
      dirtyLocal: dirty,
      baseCredentialFingerprint: "[redacted]",
    })
  })
})

test("without an import there is nothing", () =>
  expect(importStatus({ ...EMPTY_DOCUMENT, imports: { authority: 7 } }, "anthropic")).toEqual({
    source: null,
    importedAt: null,
    labels: [],
    labelsByName: {},
    dirtyLabels: [],
  }))
