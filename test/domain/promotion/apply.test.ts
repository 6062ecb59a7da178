import { describe, expect, test } from "bun:test"
import { newAccount } from "../../../src/domain/adopt/new-account.ts"
import { credentialRecord, type Document } from "../../../src/domain/document.ts"
import { patchAccount, putAccount, putCredential } from "../../../src/domain/document-edits.ts"
import { credentialFingerprint } from "../../../src/domain/fingerprint.ts"
import { importEntry, putImport } from "../../../src/domain/import/block.ts"
import type { JsonObject } from "../../../src/domain/login.ts"
import { pairHash } from "../../../src/domain/pair.ts"
import { applyPromotion } from "../../../src/domain/promotion/apply.ts"
import type { Promotion } from "../../../src/domain/promotion/promotion.ts"
import type { ProviderId } from "../../../src/domain/provider-id.ts"
import { AimError } from "../../../src/system/errors.ts"
import { Secret } from "../../../src/system/secret.ts"
import { HOUR } from "../../../src/system/time.ts"
import { login, NOON, type Who } from "../logins.ts"
import { authorityOf, claude, claudeAuthority, promoting } from "./promotions.ts"

const CODEX: ProviderId = "openai-codex"
const NOTE = { id: "q1", at: NOON + 2 * HOUR }
const later = (refresh: string, who: Who = {}) => login(refresh, NOON + HOUR, who).fields
const hash = (refresh: string) => pairHash(new Secret(refresh))

const applied = (document: Document, promotion: Promotion, provider: ProviderId = CODEX) =>
  applyPromotion(document, provider, promotion, NOTE)
const boss = (document: Document, provider: ProviderId = CODEX) =>
  credentialRecord(document, provider, "boss") as JsonObject

function refusal(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (!(error instanceof AimError)) throw error
    expect(error.problem.hint, `${error.problem.code} names no way out`).toBeTruthy()
    return error.problem.code
  }
  return "taken"
}

describe("a promoted Codex login", () => {
  const authority = authorityOf({ boss: {} })

  test("takes the place of the stored one, and its fingerprint is the consumer's", () => {
    const record = later("boss-2")
    const result = applied(authority, promoting(authority, CODEX, { boss: record }))
    expect(result.status).toBe("applied")
    expect(boss(result.document).formerPairs).toEqual([hash("boss-1")])
    const prints = [boss(result.document), record].map((it) => credentialFingerprint(CODEX, it))
    expect(prints[0]).toBe(prints[1] ?? "")
    expect(result.document.quarantine).toBeUndefined()
    expect(result.document.accounts.boss?.reauth).toMatchObject({
      lastVerifiedAt: "2026-11-21T14:00:00.000Z",
    })
  })

  test("without an id token leaves none behind, so that the next promotion starts from it", () => {
    const { idToken: _none, ...record } = later("boss-2")
    const { document } = applied(authority, promoting(authority, CODEX, { boss: record }))
    expect(credentialFingerprint(CODEX, boss(document))).toBe(credentialFingerprint(CODEX, record))
  })

  test("keeps what else stands in the record, and drops the verdict on the former pair", () => {
    const verdict = { reason: "invalid_grant", at: "", pair: hash("boss-1") }
    const record = { ...boss(authority), note: "mine", verdict, tokensExtra: { a: 1 } }
    const held = putCredential(authority, CODEX, "boss", record)
    const { document } = applied(held, promoting(held, CODEX, { boss: later("boss-2") }))
    expect(boss(document)).toMatchObject({ note: "mine", tokensExtra: { a: 1 } })
    expect(boss(document).verdict).toBeUndefined()
  })

  test("is a success again without a write, whatever it started from", () => {
    const promotion = promoting(authority, CODEX, { boss: later("boss-2") })
    const { document } = applied(authority, promotion)
    const again = applied(document, promotion)
    expect([again.status, again.document === document]).toEqual(["noop", true])
  })

  test("mends a blocked label even where the login is the same", () => {
    const reauth = { reauth: { mode: "browser-managed", blockedReason: "identity_mismatch" } }
    const blocked = patchAccount(authority, "boss", reauth)
    const { status, document } = applied(
      blocked,
      promoting(blocked, CODEX, { boss: boss(blocked) }),
    )
    expect(status).toBe("applied")
    expect(document.accounts.boss?.reauth).not.toHaveProperty("blockedReason")
    expect(boss(document)).toEqual(boss(blocked))
  })

  test("that remembers the stored pair is taken though a volatile field has changed since", () => {
    const promotion = promoting(authority, CODEX, {
      boss: { ...later("boss-2"), formerPairs: [hash("boss-1"), "no hash"] },
    })
    const moved = { ...boss(authority), expiresAt: "2027-01-01T00:00:00.000Z" }
    const held = putCredential(authority, CODEX, "boss", moved)
    const { status, document } = applied(held, promotion)
    expect(status).toBe("applied")
    expect(boss(document).formerPairs).toEqual([hash("boss-1")])
  })

  test("can be a label's first", () => {
    const empty = putAccount(authority, "qa", newAccount(CODEX))
    const first = later("qa-1", { user: "u2", account: "acct-2" })
    const { status, document } = applied(empty, promoting(empty, CODEX, { qa: first }))
    expect([status, credentialRecord(document, CODEX, "qa")?.refresh]).toEqual([
      "applied",
      first.refresh,
    ])
  })

  test("of a label that the authority imported itself makes it dirty there", () => {
    const entries = { boss: { dirtyLocal: false } }
    const held = putImport(authority, CODEX, { source: "x@y", importedAt: null, entries })
    const { document } = applied(held, promoting(held, CODEX, { boss: later("boss-2") }))
    expect(importEntry(document, CODEX, "boss")).toMatchObject({ dirtyLocal: true })
  })
})

describe("a promotion is refused as a whole", () => {
  const two = authorityOf({ boss: {}, qa: { user: "u2", account: "acct-2" } })
  const good = { boss: later("boss-2") }
  const qa: Who = { user: "u2", account: "acct-2" }
  const former = applied(two, promoting(two, CODEX, good)).document
  const expecting = patchAccount(two, "qa", { expect: { email: "qa@example.com" } })
  const { access } = login("x", NOON + HOUR, { account: "acct-9" })

  test.each([
    ["an older pair", "promotion_older", former, { boss: boss(two) }],
    ["a pair issued earlier", "promotion_older", two, { boss: login("x", NOON - HOUR).fields }],
    ["another account", "promotion_wrong_identity", two, { ...good, qa: later("qa-2") }],
    ["another user", "promotion_wrong_identity", two, { qa: later("q", { ...qa, user: "u3" }) }],
    [
      "a token of another account",
      "promotion_credential_invalid",
      two,
      {
        ...good,
        qa: { ...later("qa-2", qa), access },
      },
    ],
    [
      "half a login",
      "promotion_credential_invalid",
      two,
      {
        ...good,
        qa: { ...later("qa-2", qa), refresh: new Secret(" ") },
      },
    ],
    [
      "another person than expected",
      "identity_mismatch",
      expecting,
      {
        ...good,
        qa: later("qa-2", qa),
      },
    ],
  ] as const)("%s: %s", (_what, code, document, records) => {
    expect(refusal(() => applied(document, promoting(document, CODEX, records)))).toBe(code)
  })

  test("a login that has changed since the import: promotion_conflict", () => {
    const promotion = promoting(two, CODEX, good)
    const moved = applied(two, promoting(two, CODEX, { boss: later("boss-3") })).document
    expect(refusal(() => applied(moved, promotion))).toBe("promotion_conflict")
    expect(refusal(() => applied(authorityOf({ qa }), promotion))).toBe("promotion_unknown_label")
  })

  test("one person for two labels, of this promotion and of the authority", () => {
    const bare = putAccount(two, "spare", newAccount(CODEX))
    const person = { user: "u7", account: "acct-7" }
    const twice = { spare: later("s", person), other: later("o", person) }
    const both = putAccount(bare, "other", newAccount(CODEX))
    expect(refusal(() => applied(both, promoting(both, CODEX, twice)))).toBe(
      "login_already_labelled",
    )
    const taken = { spare: later("s", qa) }
    expect(refusal(() => applied(bare, promoting(bare, CODEX, taken)))).toBe(
      "login_already_labelled",
    )
  })
})

describe("a promoted Claude login", () => {
  const authority = claudeAuthority({ boss: claude("a", "uuid-boss", { later: "unknown" }) })
  const promote = (record: JsonObject, document = authority) =>
    applied(document, promoting(document, "anthropic", { boss: record }), "anthropic")

  test("takes the whole record's place; unknown keys of both sides stay", () => {
    const record = claude("b", "uuid-boss", { new: 1, expiresAt: "2099-02-01T00:00:00.000Z" })
    const { document } = promote(record)
    const [now, sent] = [boss(document, "anthropic"), record]
    expect(now).toMatchObject({ later: "unknown", new: 1, formerPairs: [hash("refresh-a")] })
    expect(credentialFingerprint("anthropic", now)).toBe(credentialFingerprint("anthropic", sent))
    expect(document.accounts.boss).toMatchObject({
      browser: null,
      reauth: { mode: "native-claude" },
    })
  })

  test("puts a pair that need not have led to it into quarantine", () => {
    const half = { ...boss(authority, "anthropic"), access: new Secret("") }
    const incomplete = claudeAuthority({ boss: half })
    const { document } = promote(claude("b"), incomplete)
    expect(document.quarantine?.map(({ reason, label }) => [reason, label])).toEqual([
      ["replaced", "boss"],
    ])
  })

  test.each([
    ["without its bundle", { nativeClaudeBundle: undefined }],
    ["with another's tokens in the bundle", { access: new Secret("other") }],
    [
      "of two people",
      {
        nativeClaudeBundle: withOther(claude("b").nativeClaudeBundle as JsonObject),
      },
    ],
  ])("%s is refused", (_what, more) => {
    expect(refusal(() => promote({ ...claude("b"), ...more }))).toBe("promotion_credential_invalid")
  })
})

function withOther(bundle: JsonObject): JsonObject {
  const oauth = bundle.claudeAiOauth as JsonObject
  return { ...bundle, claudeAiOauth: { ...oauth, accountUuid: "uuid-qa" } }
}
