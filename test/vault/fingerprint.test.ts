import { expect, test } from "bun:test"
import { credentialRecord } from "../../src/domain/document.ts"
import { codexFingerprint } from "../../src/domain/fingerprint.ts"
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
