import { expect, test } from "bun:test"
import { historyUnion } from "../../src/domain/history-union.ts"

test("an entry of both is one entry, whatever else stands in it", () => {
  const entry = { observedAt: "2026-01-01T00:00:00.000Z", kind: "selection", label: "boss" }
  const other = { ...entry, label: "qa" }
  expect(historyUnion([entry], [{ ...entry, unknown: 1 }, other, "no entry", null])).toEqual([
    entry,
    other,
  ])
  expect(historyUnion([entry], "no list")).toEqual([entry])
})
