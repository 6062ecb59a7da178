import { describe, expect, test } from "bun:test"
import { adoptAs, adoptFresh } from "../../../src/domain/adopt/as.ts"
import { codexCredential, type Document, EMPTY_DOCUMENT } from "../../../src/domain/document.ts"
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
const refreshOf = (document: Document, label = "boss") =>
  codexCredential(document, label)?.refresh.reveal()
const kept = ({ quarantine = [] }: Document) =>
  quarantine.map(({ reason, label, credential }) => [
    reason,
    label,
    credential.refresh instanceof Secret ? credential.refresh.reveal() : null,
  ])

describe("a login becomes a label's", () => {
  test("that is made for it, with the account's record", () => {
    const { document, adoption } = adopt(EMPTY_DOCUMENT, "boss", login("r1", NOON, PERSON))
    expect(adoption).toBe("adopted")
    expect(document.accounts.boss).toMatchObject({
      provider: "openai-codex",
      pool: { enabled: true },
    })
    expect(refreshOf(document)).toBe("r1")
  })

  test("that exists without one: its record stays", () => {
    const before = putAccount(EMPTY_DOCUMENT, "boss", { pool: { enabled: false }, kept: 1 })
    const { document } = adopt(before, "boss", login("r1"))
    expect(document.accounts.boss).toEqual({ pool: { enabled: false }, kept: 1 })
    expect(refreshOf(document)).toBe("r1")
  })

  test("as its newer pair", () => {
    const { document, adoption } = adopt(withBoss(), "boss", login("r2", LATER, PERSON))
    expect([adoption, refreshOf(document), kept(document)]).toEqual(["newer", "r2", []])
  })

  test("that has an incomplete record of nobody: what was there is kept", () => {
    const half = { refresh: new Secret("half") }
    const before = putCredential(
      putAccount(EMPTY_DOCUMENT, "boss", {}),
      "openai-codex",
      "boss",
      half,
    )
    const { document, adoption } = adopt(before, "boss", login("r1"))
    expect([adoption, refreshOf(document)]).toEqual(["adopted", "r1"])
    expect(kept(document)).toEqual([["replaced", "boss", "half"]])
  })

  test("in place of a wrong one, where this is who is expected", () => {
    const before = patchAccount(withBoss(), "boss", { expect: { email: OTHER.email } })
    const { document, adoption } = adopt(before, "boss", login("r9", LATER, OTHER))
    expect([adoption, refreshOf(document)]).toEqual(["adopted", "r9"])
    expect(kept(document)).toEqual([["replaced", "boss", "r1"]])
    // Stores of the wrong login must not be taken for this label's.
    expect(codexCredential(document, "boss")?.formerPairs).toBeUndefined()
  })
})

describe("nothing of the label changes by", () => {
  test("the pair that is stored: it only brings what the record lacks", () => {
    const { idToken: _real, ...less } = codexCredential(withBoss(), "boss") ?? {}
    const before = putCredential(withBoss(), "openai-codex", "boss", less)
    const { document, adoption } = adopt(before, "boss", login("r1", NOON, PERSON))
    expect(adoption).toBe("same")
    expect(codexCredential(document, "boss")?.idToken).toBeInstanceOf(Secret)
    expect(adopt(withBoss(), "boss", login("r1", NOON, PERSON)).adoption).toBe("same")
  })

  test("a former pair", () => {
    const before = adopt(withBoss(), "boss", login("r2", LATER, PERSON)).document
    expect(adopt(before, "boss", login("r1", NOON, PERSON))).toEqual({
      document: before,
      adoption: "older",
    })
  })

  test("an unknown pair of before, which goes to quarantine", () => {
    const { document, adoption } = adopt(withBoss(), "boss", login("r0", NOON - 1000, PERSON))
    expect([adoption, refreshOf(document)]).toEqual(["conflict", "r1"])
    expect(kept(document)).toEqual([["conflict", "boss", "r0"]])
  })
})

describe("a login that a person has just made", () => {
  const fresh = (document: Document, of: ReturnType<typeof login>) =>
    adoptFresh(document, "boss", of, NOTE)

  test("is taken even if its times conflict; the pair that it replaces is kept", () => {
    const { document, adoption } = fresh(withBoss(), login("r0", NOON - 1000, PERSON))
    expect([adoption, refreshOf(document)]).toEqual(["newer", "r0"])
    expect(kept(document)).toEqual([["replaced", "boss", "r1"]])
  })

  test("is still refused where it is another person's", () => {
    expect(() => fresh(withBoss(), login("r2", LATER, OTHER))).toThrow("boss@example.com")
  })
})
