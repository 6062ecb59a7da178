import { describe, expect, test } from "bun:test"
import { labelForLogin, newAccount } from "../../../src/domain/adopt/new-account.ts"
import { type Document, EMPTY_DOCUMENT } from "../../../src/domain/document.ts"
import { knownLabel } from "../../../src/operations/account/known-label.ts"

const withAccounts = (accounts: Document["accounts"]): Document => ({ ...EMPTY_DOCUMENT, accounts })

const POOL = withAccounts({
  qa: { provider: "openai-codex" },
  boss: {},
  lessons: { provider: "anthropic" },
  status: { provider: "openai-codex" },
  odd: { provider: "elsewhere" },
})

const problemOf = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error("nothing was thrown")
}

describe("a label that a person types", () => {
  test.each([
    ["boss", "boss", "openai-codex"],
    [" Lessons ", "lessons", "anthropic"],
  ])("is found as it may be written: %p", (typed, label, provider) => {
    expect(knownLabel(POOL, typed)).toEqual({
      label,
      provider: provider as "openai-codex",
      account: POOL.accounts[label] ?? {},
    })
  })

  test("that is none stops with the labels there are, or with how to make one", () => {
    expect(problemOf(() => knownLabel(POOL, "nobody"))).toMatchObject({
      problem: {
        code: "unknown_label",
        message: "there is no label `nobody`",
        hint: "the labels are: boss, lessons, odd, qa, status",
      },
      exit: 1,
    })
    expect(problemOf(() => knownLabel(EMPTY_DOCUMENT, "constructor"))).toMatchObject({
      problem: { code: "unknown_label", hint: "aim login <label>" },
    })
    expect(
      problemOf(() => knownLabel(withAccounts({ broken: 7 as never }), "broken")),
    ).toMatchObject({ problem: { code: "unknown_label" } })
  })

  test("of a provider that aim does not know stops, and nothing is changed", () => {
    expect(problemOf(() => knownLabel(POOL, "odd"))).toMatchObject({
      problem: { code: "unknown_provider", message: expect.stringContaining("`odd`") },
    })
  })
})

describe("a label that a login is to become", () => {
  test("is an existing one, even one that is named like a command", () => {
    expect(labelForLogin(POOL, "Status")).toBe("status")
    expect(labelForLogin(POOL, "fresh")).toBe("fresh")
  })

  test("is no new one that is named like a command", () => {
    expect(problemOf(() => labelForLogin(POOL, "codex"))).toMatchObject({
      problem: { code: "reserved_label" },
      exit: 2,
    })
  })

  test("is made with the reference's keys, in the pool", () => {
    expect(newAccount("anthropic")).toEqual({
      provider: "anthropic",
      expect: {},
      browser: null,
      reauth: {},
      pool: { enabled: true },
    })
  })
})
