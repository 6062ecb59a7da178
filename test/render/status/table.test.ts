import { expect, spyOn, test } from "bun:test"
import { statusTable } from "../../../src/render/status/table.ts"
import { AT, account, PIPE, status } from "./value.ts"

test("a name is measured once, however many layouts are tried", () => {
  // Bun measures what is not plain letters; in so narrow a frame every layout is tried.
  const shown = status([account("日本")])
  using measuring = spyOn(Bun, "stringWidth")
  statusTable(shown, AT, { ...PIPE, width: 20 })
  expect(measuring.mock.calls.filter(([text]) => text === "日本")).toHaveLength(1)
})
