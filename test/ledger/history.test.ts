import { describe, expect, test } from "bun:test"
import type { HistoryEntry } from "../../src/ledger/ledger.ts"
import { DAY, isoTime, MINUTE } from "../../src/system/time.ts"
import { codes, freshLedger } from "./temp-ledger.ts"
import { NOON } from "./temp-ledger-values.ts"

function entry(at: number, more: object = {}): HistoryEntry {
  return { observedAt: isoTime(at), kind: "selection", status: "activated", ...more }
}

describe("history", () => {
  test("gives the newest 200 of the last 14 days, oldest first", () => {
    const ledger = freshLedger()
    const times = Array.from({ length: 230 }, (_, index) => NOON - index * MINUTE)
    for (const at of times) ledger.addHistory("openai-codex", entry(at))
    const kept = ledger.history("openai-codex", NOON)
    expect(kept).toHaveLength(200)
    expect(kept[0]).toEqual(entry(NOON - 199 * MINUTE))
    expect(kept[199]).toEqual(entry(NOON))
  })

  test.each([
    ["exactly 14 days", 0, 1],
    ["a millisecond more", 1, 0],
  ])("%s old", (_, late, count) => {
    const ledger = freshLedger()
    ledger.addHistory("openai-codex", entry(NOON - 14 * DAY))
    expect(ledger.history("openai-codex", NOON + late)).toHaveLength(count)
  })

  test("belongs to its provider", () => {
    const ledger = freshLedger()
    ledger.addHistory("anthropic", entry(NOON))
    expect(ledger.history("openai-codex", NOON)).toEqual([])
  })

  test("an entry without a readable time is refused and named", () => {
    const ledger = freshLedger()
    ledger.addHistory("openai-codex", { observedAt: "yesterday", kind: "selection" })
    expect(ledger.history("openai-codex", NOON)).toEqual([])
    expect(codes(ledger)).toEqual(["ledger_entry_refused"])
  })
})

describe("seedHistory", () => {
  test("takes in what is missing, and nothing twice", () => {
    const ledger = freshLedger()
    ledger.addHistory("openai-codex", entry(NOON, { label: "boss", note: "ours alone" }))
    const file = [
      entry(NOON - MINUTE, { label: "qa" }),
      // As the reference writes it back: other order, our own key dropped, other spelling of time.
      { label: "boss", status: "activated", kind: "selection", observedAt: "2026-03-04T12:00:00Z" },
      entry(NOON, { label: "boss", reason: "kept_current" }),
    ]
    for (let round = 0; round < 3; round++) ledger.seedHistory("openai-codex", file)
    const labels = ledger.history("openai-codex", NOON).map(({ label, note }) => [label, note])
    expect(labels).toEqual([
      ["qa", undefined],
      ["boss", "ours alone"],
      ["boss", undefined],
    ])
  })

  test("passes over what is no entry", () => {
    const ledger = freshLedger()
    const junk = [null, 7, "x", [], {}, { observedAt: "no", kind: "x" }, { observedAt: isoTime(0) }]
    ledger.seedHistory("openai-codex", [...junk, entry(NOON)])
    expect(ledger.history("openai-codex", NOON)).toEqual([entry(NOON)])
    expect(codes(ledger)).toEqual([])
  })
})
