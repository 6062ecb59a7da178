import { describe, expect, test } from "bun:test"
import { newAccount } from "../../../src/domain/adopt/new-account.ts"
import { exportDocument, readExport } from "../../../src/domain/authority/export.ts"
import { offerOf } from "../../../src/domain/authority/portable.ts"
import { patchAccount, putAccount, putCredential } from "../../../src/domain/document-edits.ts"
import { seal, unseal } from "../../../src/system/secret.ts"
import { authorityOf, claude, claudeAuthority } from "../promotion/promotions.ts"

describe("what travels of a label", () => {
  const base = authorityOf({ boss: {}, qa: { user: "u2", account: "acct-2" } })
  const full = patchAccount(base, "boss", {
    browser: { mode: "aim-profile" },
    reauth: { mode: "browser-managed", blockedReason: "x" },
    expect: { email: "boss@example.com" },
    pool: { enabled: false, disabledReason: "spent" },
    note: "mine",
  })
  const record = { ...full.credentials["openai-codex"]?.boss, junk: 1, tokensExtra: { a: 1 } }
  const document = putCredential(full, "openai-codex", "boss", record)

  test("is whose login it must have, the pool, and the login's known keys", () => {
    const { accounts, credentials } = offerOf(document, "openai-codex")
    expect(accounts.boss).toEqual({
      provider: "openai-codex",
      expect: { email: "boss@example.com" },
      pool: { enabled: false, disabledReason: "spent" },
    })
    expect(Object.keys(credentials.boss ?? {})).toEqual([
      "access",
      "refresh",
      "expiresAt",
      "accountId",
      "idToken",
      "lastRefresh",
      "tokensExtra",
    ])
  })

  test("is nothing of another provider, and no key that is no label", () => {
    const odd = putAccount(document, "Not A Label", newAccount("openai-codex"))
    expect(Object.keys(offerOf(odd, "openai-codex").accounts)).toEqual(["boss", "qa"])
    expect(offerOf(odd, "anthropic")).toEqual({ accounts: {}, credentials: {} })
  })

  test("of Claude is the whole record, as the reference writes it", () => {
    const more = { later: 1, emailAddress: " Boss@Example.test", scopes: ["a", " a ", ""] }
    const { credentials } = offerOf(claudeAuthority({ boss: claude("a", "u", more) }), "anthropic")
    expect(unseal(credentials.boss)).toMatchObject({
      later: 1,
      emailAddress: "boss@example.test",
      scopes: ["a"],
      refresh: "refresh-a",
    })
  })

  test("arrives as it was sent", () => {
    const sent = exportDocument(document, "openai-codex", { version: "1.2.3", at: 0 })
    const wire = seal(JSON.parse(JSON.stringify(unseal(sent)))) as typeof sent
    const read = readExport(wire, "openai-codex")
    if (read.kind !== "export") throw new Error(read.kind)
    expect(read.version).toBe("1.2.3")
    const offer = offerOf(document, "openai-codex")
    expect(unseal(read.offer)).toEqual(unseal(offer))
    expect(readExport(wire, "anthropic").kind).toBe("unknown")
  })
})
