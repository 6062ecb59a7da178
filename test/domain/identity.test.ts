import { describe, expect, test } from "bun:test"
import { codexAccountClaim, codexIdentity } from "../../src/domain/codex-identity.ts"
import { compareIdentities, describeIdentity } from "../../src/domain/identity.ts"
import { Secret } from "../../src/system/secret.ts"
import { claims, jwt, NOON, type Who } from "./logins.ts"

const AUTH = "https://api.openai.com/auth"

function of(who: Who, accountId: string | null = who.account ?? "acct-1") {
  const token = jwt(claims(who, NOON))
  return codexIdentity({ access: token, idToken: token, accountId })
}

describe("whose login it is", () => {
  test.each([
    ["the same person", of({}), of({}), "same"],
    ["the same person by another e-mail", of({}), of({ email: "other@example.com" }), "same"],
    ["another user, same e-mail and workspace", of({}), of({ user: "u2" }), "different"],
    ["the same user in another workspace", of({}), of({ account: "acct-2" }), "different"],
    ["a login without readable users", of({}), { ...of({}), users: [] }, "unknown"],
    ["a login without a workspace", of({}), { ...of({}), workspace: null }, "unknown"],
    ["another provider", of({}), { ...of({}), provider: "anthropic" as const }, "different"],
  ] as const)("%s", (_what, a, b, verdict) => {
    expect(compareIdentities(a, b)).toBe(verdict)
    expect(compareIdentities(b, a)).toBe(verdict)
  })

  test("user ids are compared under the strongest claim that both carry", () => {
    const bare = { sub: "auth0|u1", [AUTH]: { chatgpt_account_id: "acct-1" } }
    const onlySub = codexIdentity({ access: jwt(bare), idToken: null, accountId: null })
    expect(compareIdentities(of({ user: "u1", sub: "auth0|u1" }), onlySub)).toBe("same")
    expect(compareIdentities(of({ user: "u1", sub: "auth0|other" }), onlySub)).toBe("different")
  })

  test("the id token is read first, the access token fills what it lacks", () => {
    const idToken = jwt({ sub: "s", email: "Boss@Example.com" })
    const access = jwt({ sub: "other", [AUTH]: { chatgpt_account_id: "acct-9", user_id: "u9" } })
    const identity = codexIdentity({ access, idToken, accountId: null })
    expect(identity.users).toEqual([
      { claim: "user_id", id: "u9" },
      { claim: "sub", id: "s" },
    ])
    expect(identity.workspace).toBe("acct-9")
    expect(identity.email).toBe("boss@example.com")
  })

  test("the account id of the record rules over the claim", () => {
    expect(of({ account: "acct-1" }, "acct-7").workspace).toBe("acct-7")
    expect(of({ account: "acct-1" }, " ").workspace).toBe("acct-1")
  })

  test.each([
    [{ [AUTH]: { chatgpt_account_id: "a" } }, "a"],
    [{ [`${AUTH}.chatgpt_account_id`]: "b" }, "b"],
    [{ chatgpt_account_id: "c" }, "c"],
    [{ account_id: "d" }, "d"],
    [{ [AUTH]: "no object", account_id: 7 }, null],
  ])("the account claim of %j", (body, account) => {
    expect(codexAccountClaim(jwt(body))).toBe(account)
  })

  test.each(["", "opaque", "a.b.c", "a..c", "e30.W10.c2ln"])(
    "a token that says nothing: %p",
    (text) => {
      const identity = codexIdentity({ access: new Secret(text), idToken: null, accountId: null })
      expect(identity).toEqual({
        provider: "openai-codex",
        users: [],
        workspace: null,
        email: null,
      })
    },
  )

  test("one line for people", () => {
    expect(describeIdentity(of({}))).toBe("boss@example.com (user u1, workspace acct-1)")
  })
})
