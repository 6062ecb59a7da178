import { describe, expect, test } from "bun:test"
import type { Choice } from "../../../src/domain/choice/types.ts"
import { chooseLabel } from "../../../src/domain/choice.ts"
import { EMPTY_DOCUMENT } from "../../../src/domain/document.ts"
import { putAccount, putCredential } from "../../../src/domain/document-edits.ts"
import { nextBest } from "../../../src/operations/status/next-best.ts"
import { poolNumbers } from "../../../src/operations/status/pool.ts"
import { anInput, five, NOW, reading, used, week } from "../../domain/choice/input.ts"
import { login } from "../../domain/logins.ts"
import { view } from "../../support/pool-readings.ts"

const DOCUMENT = putCredential(
  putAccount(EMPTY_DOCUMENT, "boss", { provider: "openai-codex" }),
  "openai-codex",
  "boss",
  login("r1").fields,
)
const NUMBERS = poolNumbers(DOCUMENT, [], [], [], NOW)
const CHOICE = chooseLabel(anInput({ mode: "use", current: null, labels: [used("boss", 30, 10)] }))
const next = (choice: Partial<Choice>, windows = [five(30), week(10)]) =>
  nextBest(
    DOCUMENT,
    { current: null, choice: { ...CHOICE, ...choice } },
    [view("boss", reading(windows))],
    NUMBERS,
  )

describe("the next best label", () => {
  test("is what `use` would choose, with what is used and left of its windows", () => {
    expect(next({})).toMatchObject({
      label: "boss",
      accountId: "acct-1",
      keptCurrent: false,
      reasons: [CHOICE.reason, ...CHOICE.alsoReasons],
      primaryUsedPct: 30,
      primaryRemainingPct: 70,
      secondaryUsedPct: 10,
      secondaryRemainingPct: 90,
      observedAt: NOW,
    })
    expect(next({ kept: true })).toMatchObject({ keptCurrent: true })
  })

  test("has null and never 0 for a window that nobody has read", () => {
    expect(next({}, [week(10)])).toMatchObject({ primaryUsedPct: null, primaryRemainingPct: null })
    const { label } = CHOICE
    const unread = nextBest(DOCUMENT, { current: null, choice: CHOICE }, [], NUMBERS)
    expect(unread).toMatchObject({ label, secondaryUsedPct: null, observedAt: null })
  })

  test("is none where nothing can serve", () => {
    expect(next({ label: null })).toBeNull()
    expect(next({ reason: "nothing_can_serve" })).toBeNull()
  })

  test("may be one without a usable login", () => {
    expect(next({ label: "qa" })).toMatchObject({ label: "qa", accountId: null })
  })
})
