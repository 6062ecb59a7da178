import { describe, expect, test } from "bun:test"
import type { HistoryItem } from "../../src/operations/history.ts"
import { historyLines } from "../../src/render/history.ts"
import { PLAIN } from "../../src/render/layout/frame.ts"
import { receiptLines } from "../../src/render/receipt.ts"
import { causeOf, moveOf } from "../../src/render/words/receipt-words.ts"
import { HOUR, isoTime, MINUTE } from "../../src/system/time.ts"

const NOW = Date.parse("2026-01-31T12:00:00Z")

function item(id: number, msAgo: number, receipt: Record<string, unknown>): HistoryItem {
  const at = isoTime(NOW - msAgo)
  const [action, status] = [String(receipt.action), String(receipt.status)]
  const label = typeof receipt.label === "string" ? receipt.label : null
  return { id, at, action, status, target: "codex", label, receipt }
}

const SWITCH = {
  action: "codex_use",
  status: "activated_with_warnings",
  observedAt: isoTime(NOW - 5 * MINUTE),
  previousLabel: "boss",
  label: "qa",
  keptCurrent: false,
  reasons: ["spent_before_next_tick", "cooling"],
  decision: { reason: "spent_before_next_tick", numbers: { runwayMinutes: 3.71828, x: null } },
  captured: [{ label: "boss", store: "/h/.codex", reason: "newer_pair" }],
  refreshed: [],
  wroteAuthJson: true,
  warnings: [{ kind: "previous_label_in_use", detail: "one \u001b[31mCodex runs", hint: "end it" }],
  blockers: [],
}
const BLOCKED = {
  action: "codex_use",
  status: "blocked",
  previousLabel: "boss",
  label: "boss",
  reasons: ["nothing_can_serve"],
  blockers: [{ kind: "codex_target_unmanaged_login", detail: "a login of no label" }],
}

/** What a sync says that it did with each label. */
const SYNCED = [
  { label: "lessons", change: "kept", reason: "same", dirty: false },
  { label: "boss", change: "added", reason: "new", dirty: false },
  { label: "qa", change: "added", reason: "new", dirty: false },
  { label: "old", change: "removed", reason: "removed_there", dirty: false },
]

describe("the list", () => {
  test("has one line a receipt that fits 80 columns", () => {
    const receipts = [
      item(12, 5 * MINUTE, SWITCH),
      item(11, 26 * HOUR, BLOCKED),
      item(3, 400 * 24 * HOUR, {
        action: "account_rename",
        status: "applied",
        from: "a",
        label: "b",
      }),
    ]
    const lines = historyLines({ receipts, warnings: [] }, NOW, PLAIN)
    expect(lines).toEqual([
      "id   ago  act             label       status         why",
      "12    5m  codex use       boss -> qa  with warnings  `boss` is spent, or would ~",
      "11  1d2h  codex use       boss        blocked        codex target unmanaged log~",
      " 3  400d  account rename  a -> b      applied",
      "  hint: aim history show 12",
    ])
  })

  test("fits them with long labels too", () => {
    const long = { previousLabel: "the-first-of-two-team-accounts", label: "the-second-of-them" }
    const receipts = [item(12, 5 * MINUTE, { ...SWITCH, ...long })]
    const [, line] = historyLines({ receipts, warnings: [] }, NOW, PLAIN)
    expect(line).toBe(
      "12   5m  codex use  the-first-of-two-team~  with warnings  `the-first-of-two-te~",
    )
  })

  test("says so when there is nothing, with what is wrong with the ledger", () => {
    const warnings = [{ kind: "ledger_locked", detail: "it is locked" }]
    expect(historyLines({ receipts: [], warnings }, NOW, PLAIN)).toEqual([
      "no receipts",
      "warning: it is locked",
    ])
  })
})

test("one receipt is told whole, and nothing in it moves the terminal", () => {
  const shown = { ...item(12, 5 * MINUTE, SWITCH), label: "tests" }
  expect(receiptLines(shown, NOW, PLAIN)).toEqual([
    "receipt     12",
    "act         codex use",
    "when        5m ago (2026-01-31T11:55:00.000Z)",
    "target      codex",
    "label       boss -> qa",
    "called now  tests",
    "status      activated with warnings",
    "why         `boss` is spent, or would be within minutes",
    "kept current: no",
    "reasons: spent_before_next_tick, cooling",
    "decision:",
    "  reason: spent_before_next_tick",
    "  numbers:",
    "    runway minutes: 3.72",
    "captured 1:",
    "  label: boss",
    "  store: /h/.codex",
    "  reason: newer_pair",
    "wrote auth json: yes",
    "warning: one Codex runs",
    "  hint: end it",
  ])
})

describe("in words", () => {
  test.each([
    [{ label: "qa", previousLabel: "boss" }, "boss -> qa"],
    [{ label: "qa", previousLabel: "qa" }, "qa"],
    [{ label: "chief", from: "boss" }, "boss -> chief"],
    [{ previousLabel: "boss" }, "boss"],
    [{ changes: SYNCED }, "boss, qa, old"],
    [{ changes: SYNCED.slice(0, 1) }, ""],
    [{ labels: ["boss", "qa"] }, "boss, qa"],
    [{}, ""],
  ])("%j is %s", (receipt, move) => expect(moveOf(receipt)).toBe(move))

  test.each([
    [BLOCKED, "codex target unmanaged login"],
    [{ outcome: "dead", reason: "invalid_grant" }, "dead: invalid grant"],
    [{ adoption: "newer" }, "newer"],
    [{ reason: "replaced" }, "replaced"],
    [{ reasons: ["best_pace_start"] }, "best pace, with the most to use up before its reset"],
    [{ reasons: ["something_new"] }, "something new"],
    [{ changes: SYNCED }, "2 added, 1 removed"],
    [{ changes: SYNCED.slice(0, 1) }, "nothing new"],
    [{ changes: [{ label: "chief", change: "kept", from: "boss" }] }, "1 renamed"],
    [
      { changes: [{ label: "qa", change: "kept", settings: ["disabled_there"] }] },
      "1 set as there",
    ],
    [{}, ""],
  ])("%j came out so because of: %s", (receipt, cause) => expect(causeOf(receipt)).toBe(cause))
})
