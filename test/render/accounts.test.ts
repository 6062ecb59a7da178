import { expect, test } from "bun:test"
import type { AccountView } from "../../src/operations/accounts.ts"
import { accountDetailLines, accountLines } from "../../src/render/accounts.ts"
import { PLAIN } from "../../src/render/layout/frame.ts"

const BOSS: AccountView = {
  label: "boss",
  provider: "openai-codex",
  enabled: true,
  readiness: { status: "ready", code: "ready", reason: "the login is good", mend: null },
  email: "boss@example.test",
  identity: "boss@example.test (user u-1, workspace w-1)",
  accountId: "w-1",
  expiresAt: "2026-01-02T03:04:05.000Z",
  expectEmail: null,
  expectWorkspace: null,
  homes: ["/home/op/codex-boss"],
}
const QA: AccountView = {
  ...BOSS,
  label: "qa",
  enabled: false,
  readiness: {
    status: "reauth",
    code: "missing_credentials",
    reason: "no usable login is stored",
    mend: "aim codex capture qa",
  },
  email: null,
  identity: null,
  accountId: null,
  expiresAt: null,
  expectEmail: "qa@example.test",
  homes: [],
}
const text = (lines: string[]) => `\n${lines.join("\n")}\n`

test("the list", () => {
  expect(text(accountLines([BOSS, QA], { ...PLAIN, width: 100 }))).toMatchInlineSnapshot(`
    "
    label  provider      state                                   account
    boss   openai-codex  ready                                   boss@example.test
    qa     openai-codex  disabled, reauth (missing_credentials)  qa@example.test
    "
  `)
})

test("a long label does not push the rest out of the frame", () => {
  const long = { ...BOSS, label: "the-label-of-the-second-team-account" }
  expect(accountLines([long], PLAIN)[1]).toBe(
    "the-label-of-the-second-team-account  openai-codex  ready  boss@example.test",
  )
})

test("an empty list says how to begin", () => {
  expect(accountLines([], PLAIN)).toContain("no labels yet")
})

test("one label", () => {
  expect(text(accountDetailLines(BOSS, PLAIN))).toMatchInlineSnapshot(`
    "
    label         boss
    provider      openai-codex
    state         ready
    account       boss@example.test (user u-1, workspace w-1)
    account id    w-1
    access until  2026-01-02T03:04:05.000Z
    home          /home/op/codex-boss
    "
  `)
  expect(text(accountDetailLines(QA, PLAIN))).toMatchInlineSnapshot(`
    "
    label     qa
    provider  openai-codex
    state     disabled, reauth (missing_credentials)
    reason    no usable login is stored
    expected  qa@example.test
      hint: aim codex capture qa
    "
  `)
})

test("what a label's login must be", () => {
  const both = { ...BOSS, expectEmail: "boss@example.test", expectWorkspace: "w-1" }
  expect(accountDetailLines(both, PLAIN)).toContain(
    "expected      boss@example.test, workspace w-1",
  )
  expect(accountDetailLines({ ...both, expectEmail: null }, PLAIN)).toContain(
    "expected      workspace w-1",
  )
})
