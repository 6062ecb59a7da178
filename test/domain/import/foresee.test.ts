import { describe, expect, test } from "bun:test"
import { newAccount } from "../../../src/domain/adopt/new-account.ts"
import { applyImport, isSamePlan } from "../../../src/domain/import/apply.ts"
import { planImport } from "../../../src/domain/import/foresee.ts"
import { conflictsIn, importedIn, removedIn } from "../../../src/domain/import/plan.ts"
import { importStatus } from "../../../src/domain/import/status.ts"
import { pairHash } from "../../../src/domain/pair.ts"
import { NOON } from "../logins.ts"
import {
  type Case,
  EARLIER,
  GUEST,
  inputOf,
  LATER,
  PROVIDER,
  R0,
  R1,
  R2,
  REF,
  record,
  textOf,
} from "./case.ts"

/** change, reason, dirty afterwards, the refresh token that stands afterwards. */
type End = [change: string, reason: string, dirty: boolean, refresh: string | null]

const TABLE: [string, Case, End][] = [
  ["a new label", { upstream: R0, only: "there" }, ["added", "new", false, "R0"]],
  ["a new label without a login", { only: "there" }, ["added", "new_without_login", false, null]],
  ["one that is here without a login", { upstream: R0 }, ["added", "new", false, "R0"]],
  ["the same login is here", { local: R0, upstream: R0 }, ["kept", "same", false, "R0"]],
  ["its heir is there", { local: R0, upstream: R1 }, ["added", "newer_there", false, "R1"]],
  ["its heir is here", { local: R1, upstream: R0 }, ["kept", "newer_here", true, "R1"]],
  ["issued later here", { local: LATER, upstream: R0 }, ["kept", "newer_here", true, "X"]],
  ["another account", { local: R0, upstream: GUEST }, ["conflict", "another_account", false, "R0"]],
  ["a login only here", { local: R0 }, ["conflict", "login_only_here", false, "R0"]],
  [
    "a login only here is not discarded, either",
    { local: R1, upstream: R0, discard: true },
    ["kept", "newer_here", true, "R1"],
  ],

  ["unchanged", { local: R0, upstream: R0, base: R0 }, ["kept", "same", false, "R0"]],
  ["renewed there", { local: R0, upstream: R1, base: R0 }, ["updated", "newer_there", false, "R1"]],
  [
    "logged in there",
    { local: R0, upstream: LATER, base: R0 },
    ["updated", "newer_there", false, "X"],
  ],
  [
    "another account there",
    { local: R0, upstream: GUEST, base: R0 },
    ["updated", "account_changed_there", false, "G"],
  ],
  ["set back there", { local: R1, upstream: R0, base: R1 }, ["kept", "newer_here", true, "R1"]],
  [
    "replaced there by one of before",
    { local: R0, upstream: EARLIER, base: R0 },
    ["kept", "newer_here", true, "R0"],
  ],
  ["renewed here", { local: R1, upstream: R0, base: R0 }, ["kept", "newer_here", true, "R1"]],
  ["logged in here", { local: LATER, upstream: R0, base: R0 }, ["kept", "newer_here", true, "X"]],
  [
    "promoted, and the answer was lost",
    { local: R1, upstream: R1, base: R0, flagged: true },
    ["kept", "same", false, "R1"],
  ],
  [
    "renewed here, and that one again there",
    { local: R1, upstream: R2, base: R0 },
    ["updated", "newer_there", false, "R2"],
  ],
  [
    "renewed here, logged in there",
    { local: R1, upstream: LATER, base: R0 },
    ["conflict", "authority_would_overwrite_local_update", true, "R1"],
  ],
  [
    "logged in on both sides, here later",
    { local: LATER, upstream: record("Y", 2), base: R0 },
    ["conflict", "authority_would_overwrite_local_update", true, "X"],
  ],
  [
    "renewed here, discarded",
    { local: R1, upstream: R0, base: R0, discard: true },
    ["updated", "discarded_here", false, "R0"],
  ],
  [
    "a conflict, discarded",
    { local: R1, upstream: LATER, base: R0, discard: true },
    ["updated", "discarded_here", false, "X"],
  ],
  ["its login is gone there", { local: R0, base: R0 }, ["kept", "no_login_there", true, "R0"]],
  ["never had one", { base: null }, ["kept", "no_login", false, null]],
  ["captured here, none there", { local: R0, base: null }, ["kept", "no_login_there", true, "R0"]],
  [
    "captured here, and there is one now",
    { local: R0, upstream: LATER, base: null },
    ["conflict", "authority_would_overwrite_local_update", true, "R0"],
  ],
  ["got one there", { upstream: R0, base: null }, ["updated", "login_there", false, "R0"]],

  [
    "removed there",
    { local: R0, base: R0, only: "here" },
    ["removed", "removed_there", false, null],
  ],
  [
    "removed there, renewed here",
    { local: R1, base: R0, only: "here" },
    ["conflict", "removed_from_authority", true, "R1"],
  ],
  [
    "removed there, renewed here, discarded",
    { local: R1, base: R0, only: "here", discard: true },
    ["removed", "removed_there_discarded", false, null],
  ],
  [
    "another authority does not have it",
    { local: R1, base: R0, only: "here", sameSource: false },
    ["kept", "other_authority", false, "R1"],
  ],
]

describe("a label", () => {
  test.each(TABLE)("%s", (_name, of, [change, reason, dirty, refresh]) => {
    const input = inputOf(of)
    const plan = planImport(input)
    const [item] = plan.items
    expect(item).toMatchObject({ label: "boss", change, reason, dirty })
    expect(textOf(item?.credential)).toBe(refresh)
    if (change === "conflict") return expect(conflictsIn(plan)).toHaveLength(1)
    const after = applyImport(input.document, plan)
    expect(textOf(after.credentials[PROVIDER]?.boss)).toBe(refresh)
    const { labels, dirtyLabels } = importStatus(after, PROVIDER)
    expect(labels).toEqual(importedIn(plan))
    expect(dirtyLabels).toEqual(dirty ? ["boss"] : [])
    expect(Object.hasOwn(after.accounts, "boss")).toBe(removedIn(plan).length === 0)
    // The same offer again brings nothing new, whatever the first one did.
    const again = planImport({ ...input, document: after, discardDirty: false })
    if (change !== "removed")
      expect(again.items.map(({ change: next }) => next)).not.toContain("added")
    expect(conflictsIn(again)).toEqual([])
  })
})

test("what is discarded goes to quarantine, and a store that holds it counts as behind", () => {
  const input = inputOf({ local: R1, upstream: LATER, base: R0, discard: true })
  const after = applyImport(input.document, planImport(input))
  expect(after.quarantine).toMatchObject([{ label: "boss", reason: "discarded" }])
  expect(textOf(after.quarantine?.[0]?.credential)).toBe("R1")
  const former = after.credentials[PROVIDER]?.boss?.formerPairs
  expect(former).toEqual(["R0", "R1"].map((text) => pairHash(REF(text))))
})

test("a login that is another label's here is refused", () => {
  const input = inputOf({ upstream: R1, only: "there" })
  const document = {
    ...input.document,
    accounts: { mine: newAccount(PROVIDER) },
    credentials: { [PROVIDER]: { mine: R0 } },
  }
  expect(planImport({ ...input, document }).items).toMatchObject([
    { label: "boss", change: "conflict", reason: "login_already_labelled", other: "mine" },
  ])
})

test("a label of the other provider is never taken over", () => {
  const input = inputOf({ upstream: R0 })
  const document = { ...input.document, accounts: { boss: newAccount("anthropic") } }
  expect(planImport({ ...input, document }).items).toMatchObject([
    { change: "conflict", reason: "label_of_other_provider" },
  ])
})

test("the account keeps what is this machine's and takes what is the authority's", () => {
  const input = inputOf({ local: R0, upstream: R1, base: R0 })
  const mine = {
    ...newAccount(PROVIDER),
    browser: { mode: "aim-profile" },
    reauth: { mode: "browser-managed", blockedReason: "identity_mismatch", lastAttemptAt: "x" },
    note: "mine",
  }
  const theirs = { provider: PROVIDER, expect: { email: "a@b" }, pool: { enabled: false } }
  const offer = { ...input.offer, accounts: { boss: theirs } }
  const [item] = planImport({
    ...input,
    offer,
    document: { ...input.document, accounts: { boss: mine } },
  }).items
  expect(item?.account).toEqual({
    ...mine,
    expect: { email: "a@b" },
    pool: { enabled: false },
    reauth: { mode: "browser-managed", lastAttemptAt: "x" },
  })
})

test("two plans are the same until the ground moves", () => {
  const input = inputOf({ local: R0, upstream: R1, base: R0 })
  expect(isSamePlan(planImport(input), planImport({ ...input, at: NOON + 1 }))).toBe(true)
  const moved = inputOf({ local: R2, upstream: R1, base: R0 })
  expect(isSamePlan(planImport(input), planImport(moved))).toBe(false)
})
