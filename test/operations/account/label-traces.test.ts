import { expect, test } from "bun:test"
import { type Document, EMPTY_DOCUMENT } from "../../../src/domain/document.ts"
import { assignmentsOf, importedAt } from "../../../src/operations/account/label-traces.ts"

const imported = (block: object | null): Document => ({
  ...EMPTY_DOCUMENT,
  imports: { authority: { codex: block } },
})

test("the agents of a label are those that OpenClaw has assigned to it", () => {
  const openclaw = { assignments: { one: "boss", two: "qa", three: "boss", four: 7 } }
  const document = { ...EMPTY_DOCUMENT, targets: { openclaw } }
  expect(assignmentsOf(document, "boss")).toEqual(["one", "three"])
  expect(assignmentsOf(document, "lessons")).toEqual([])
  expect(assignmentsOf(EMPTY_DOCUMENT, "boss")).toEqual([])
})

test.each([
  ["by the list", { source: "ssh://studio/x", labels: ["boss"] }, "ssh://studio/x"],
  ["by name", { source: "ssh://studio/x", labelsByName: { boss: {} } }, "ssh://studio/x"],
  ["from nobody knows where", { labels: ["boss"] }, "an authority"],
  ["not, where another is", { source: "x", labels: ["qa"], labelsByName: { qa: {} } }, null],
  ["not, where the list is broken", { source: "x", labels: "boss" }, null],
  ["not, where nothing is", null, null],
])("a label was imported %s", (_name, block, source) => {
  expect(importedAt(imported(block), "openai-codex", "boss")).toBe(source)
  expect(importedAt(imported(block), "openai-codex", "constructor")).toBeNull()
})

test("each provider has an authority of its own", () => {
  const document = {
    ...EMPTY_DOCUMENT,
    imports: { authority: { anthropic: { source: "a", labels: ["boss"] } } },
  }
  expect(importedAt(document, "anthropic", "boss")).toBe("a")
  expect(importedAt(document, "openai-codex", "boss")).toBeNull()
})
