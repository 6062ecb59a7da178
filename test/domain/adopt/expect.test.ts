import { describe, expect, test } from "bun:test"
import {
  contradiction,
  expectationOf,
  mayBecome,
  meets,
  storedContradiction,
} from "../../../src/domain/adopt/expect.ts"
import { adoptPair } from "../../../src/domain/credential-edits.ts"
import { EMPTY_DOCUMENT } from "../../../src/domain/document.ts"
import { putAccount } from "../../../src/domain/document-edits.ts"
import { login, NOON, type Who } from "../logins.ts"

const expected = (email: string | null, workspace: string | null = null) => ({ email, workspace })

test.each([
  [{ expect: { email: " Boss@X.y ", workspace: " w1 " } }, expected("boss@x.y", "w1")],
  [{ expect: { email: " ", workspace: 3 } }, expected(null)],
  [{ expect: null }, expected(null)],
  [{}, expected(null)],
  [undefined, expected(null)],
])("%j expects %j", (account, found) => expect(expectationOf(account)).toEqual(found))

describe("a login", () => {
  test.each([
    ["of the right e-mail", expected("a@x.y"), { email: "A@x.y ", workspace: "w" }, false, true],
    ["of another e-mail", expected("a@x.y"), { email: "b@x.y", workspace: "w" }, true, false],
    ["without an e-mail", expected("a@x.y"), { email: null, workspace: "w" }, false, false],
    [
      "of the right workspace",
      expected(null, "w"),
      { email: "b@x.y", workspace: "w" },
      false,
      true,
    ],
    [
      "of another workspace",
      expected("a@x.y", "w"),
      { email: "a@x.y", workspace: "v" },
      true,
      false,
    ],
    ["of both", expected("a@x.y", "w"), { email: "a@x.y", workspace: "w" }, false, true],
    ["where nothing is expected", expected(null), { email: "a@x.y", workspace: "w" }, false, false],
  ])("%s", (_name, wanted, who, contradicts, met) => {
    expect(contradiction(wanted, who) !== null).toBe(contradicts)
    expect(meets(wanted, who)).toBe(met)
  })
})

describe("a pair that came for a label", () => {
  const boss = (keys: object, who: Who = {}) =>
    adoptPair(
      putAccount(EMPTY_DOCUMENT, "boss", { provider: "openai-codex", ...keys }),
      "boss",
      login("r1", NOON, who),
      NOON,
    )
  const wants = (email: string) => ({ expect: { email } })
  /** A login whose user can't be read: only an e-mail stands in it. */
  const nameless = (email: string) => {
    const whole = login("r2", NOON, { email })
    return { ...whole.identity, users: [] }
  }
  const unknown = { user: "", account: "acct-1", sub: " " }

  test.each([
    ["the same person", boss({}), login("r2").identity, true],
    ["another person", boss({}), login("r2", NOON, { user: "u2" }).identity, false],
    [
      "the same person under a new e-mail",
      boss(wants("boss@example.com")),
      login("r2", NOON, { email: "new@example.com" }).identity,
      true,
    ],
    [
      "an unknown person, the expected one",
      boss(wants("boss@example.com")),
      nameless("boss@example.com"),
      true,
    ],
    [
      "an unknown person, not the expected one",
      boss(wants("boss@example.com")),
      nameless("other@example.com"),
      false,
    ],
    [
      "an unknown person, where the stored login is wrong already",
      boss(wants("qa@example.com"), unknown),
      nameless("boss@example.com"),
      true,
    ],
  ])("%s", (_name, document, identity, may) => {
    expect(mayBecome(document, "boss", identity)).toBe(may)
  })

  test("is judged by a label's own account, whatever it is called", () => {
    expect(mayBecome(EMPTY_DOCUMENT, "constructor", login("r1").identity)).toBe(true)
    expect(
      storedContradiction(boss(wants("qa@example.com")), {
        provider: "openai-codex",
        label: "boss",
      }),
    ).toBe("qa@example.com is expected, the login is boss@example.com")
    expect(
      storedContradiction(boss({ expect: { workspace: "acct-1" } }), {
        provider: "openai-codex",
        label: "boss",
      }),
    ).toBeNull()
  })
})
