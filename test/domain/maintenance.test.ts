import { expect, test } from "bun:test"
import { type Document, EMPTY_DOCUMENT } from "../../src/domain/document.ts"
import {
  blockedText,
  noteAttempt,
  noteBlocked,
  noteVerified,
} from "../../src/domain/maintenance.ts"

const AT = Date.parse("2026-01-02T03:04:05Z")
const TIME = "2026-01-02T03:04:05.000Z"
const withAccount = (account: object): Document => ({
  ...EMPTY_DOCUMENT,
  accounts: { boss: { provider: "openai-codex", note: "kept", ...account } },
})

test("an attempt is noted beside what is there", () => {
  const { accounts } = noteAttempt(withAccount({ reauth: { mode: "manual-callback" } }), "boss", AT)
  expect(accounts.boss).toMatchObject({
    note: "kept",
    reauth: { mode: "manual-callback", lastAttemptAt: TIME },
  })
})

test("no account is made by noting something", () => {
  expect(noteAttempt(EMPTY_DOCUMENT, "boss", AT)).toBe(EMPTY_DOCUMENT)
  expect(noteBlocked(EMPTY_DOCUMENT, "boss", "identity_mismatch")).toBe(EMPTY_DOCUMENT)
})

test("a verified label is blocked by nothing any more, and its binding is verified", () => {
  const before = withAccount({
    reauth: { blockedReason: "identity_mismatch", other: 1 },
    browser: { mode: "aim-profile", conflictReason: "x", more: 2 },
  })
  expect(noteVerified(before, "boss", AT).accounts.boss).toEqual({
    provider: "openai-codex",
    note: "kept",
    reauth: { other: 1, lastAttemptAt: TIME, lastVerifiedAt: TIME },
    browser: { mode: "aim-profile", more: 2, verifiedAt: TIME },
  })
})

test("where no binding is complete none is verified", () => {
  const before = withAccount({ browser: { mode: "chrome-profile" } })
  expect(noteVerified(before, "boss", AT).accounts.boss?.browser).toEqual({
    mode: "chrome-profile",
  })
  expect(noteVerified(withAccount({ browser: null }), "boss", AT).accounts.boss?.browser).toBeNull()
})

test.each([
  ["identity_mismatch", "the last login was another person's"],
  ["the id does not match", "the id does not match"],
  ["constructor", "constructor"],
])("why a label is blocked, for people: %s", (stored, text) => {
  expect(blockedText(stored)).toBe(text)
})
