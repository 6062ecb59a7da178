import { describe, expect, test } from "bun:test"
import { adoptAs, checkNotElsewhere } from "../../../src/domain/adopt/as.ts"
import { type Document, EMPTY_DOCUMENT } from "../../../src/domain/document.ts"
import { patchAccount, putAccount, putCredential } from "../../../src/domain/document-edits.ts"
import { Secret } from "../../../src/system/secret.ts"
import { login, NOON } from "../logins.ts"

const NOTE = { id: "ab12", at: NOON }
const LATER = NOON + 3_600_000
const PERSON = { user: "u1", email: "boss@example.com" }
const OTHER = { user: "u2", email: "qa@example.com" }

const adopt = (document: Document, label: string, of: ReturnType<typeof login>) =>
  adoptAs(document, label, of, NOTE)
const withBoss = () => adopt(EMPTY_DOCUMENT, "boss", login("r1", NOON, PERSON)).document

/** The problem that stops an adoption. */
function stops(document: Document, label: string, of: ReturnType<typeof login>) {
  try {
    adopt(document, label, of)
  } catch (error) {
    return (error as { problem: object }).problem
  }
  throw new Error("nothing stopped it")
}

const CLAUDE = putAccount(EMPTY_DOCUMENT, "lessons", { provider: "anthropic" })
const HALF_OF_ANOTHER = putCredential(
  putAccount(EMPTY_DOCUMENT, "boss", {}),
  "openai-codex",
  "boss",
  { idToken: login("x", NOON, OTHER).fields.idToken, accountId: "acct-1" },
)
const OPAQUE = putCredential(putAccount(EMPTY_DOCUMENT, "boss", {}), "openai-codex", "boss", {
  ...login("r1").fields,
  access: new Secret("opaque"),
  idToken: undefined,
  accountId: "acct-1",
})
const REFUSALS: [string, Document, string, ReturnType<typeof login>, string, string][] = [
  [
    "a label of another provider",
    CLAUDE,
    "lessons",
    login("r1"),
    "wrong_provider",
    "another label",
  ],
  [
    "another person's label",
    withBoss(),
    "boss",
    login("r9", LATER, OTHER),
    "identity_mismatch",
    "capture it under another label; nothing was changed",
  ],
  [
    "a label whose remains are another person's",
    HALF_OF_ANOTHER,
    "boss",
    login("r1", NOON, PERSON),
    "identity_mismatch",
    "capture it under another label",
  ],
  [
    "a label whose login can't be told from it",
    OPAQUE,
    "boss",
    login("r9", LATER, PERSON),
    "identity_mismatch",
    "capture it under another label",
  ],
  [
    "a label whose login can't be told from it, though this one would be expected",
    patchAccount(OPAQUE, "boss", { expect: { email: PERSON.email } }),
    "boss",
    login("r9", LATER, PERSON),
    "identity_mismatch",
    "capture it under another label",
  ],
  [
    "a label with a wrong login, where this one is not proven to be the right one",
    patchAccount(withBoss(), "boss", { expect: { email: OTHER.email } }),
    "boss",
    login("r9", LATER, { user: "u3", email: " " }),
    "identity_mismatch",
    "capture it under another label",
  ],
  [
    "a label that must be another's",
    patchAccount(EMPTY_DOCUMENT, "boss", { expect: { email: OTHER.email } }),
    "boss",
    login("r1", NOON, PERSON),
    "identity_mismatch",
    "aim help account expect",
  ],
  [
    "a second label of one person that is there already",
    putAccount(withBoss(), "chief", {}),
    "chief",
    login("r1", NOON, PERSON),
    "login_already_labelled",
    "it is kept up to date as `boss`; nothing is to be done",
  ],
  [
    "a second label of one person that is new",
    withBoss(),
    "chief",
    login("r2", LATER, PERSON),
    "login_already_labelled",
    "use `boss`, or: aim account rename boss chief",
  ],
]

describe("a login is refused by", () => {
  test.each(REFUSALS)("%s", (_name, document, label, of, code, hint) => {
    expect(stops(document, label, of)).toMatchObject({ code, hint: expect.stringContaining(hint) })
  })

  test("a reason that says whose the label is, or that this can't be read", () => {
    const message = (document: Document) =>
      (stops(document, "boss", login("r9", LATER, OTHER)) as { message: string }).message
    expect(message(withBoss())).toStartWith("`boss` is boss@example.com (")
    expect(message(withBoss())).toContain("but this login is qa@example.com (")
    expect(message(OPAQUE)).toContain("can't be read from its tokens")
  })
})

test("a login of nobody, or of this very label, stands nowhere else", () => {
  expect(() => checkNotElsewhere(withBoss(), "qa", login("r9", LATER, OTHER))).not.toThrow()
  expect(() => checkNotElsewhere(withBoss(), "boss", login("r2", LATER, PERSON))).not.toThrow()
})
