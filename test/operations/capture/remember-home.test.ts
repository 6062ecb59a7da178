import { expect, test } from "bun:test"
import { type Document, EMPTY_DOCUMENT, targetBlock } from "../../../src/domain/document.ts"
import { patchTarget } from "../../../src/domain/document-edits.ts"
import { rememberHome, rememberLeftHome } from "../../../src/operations/capture/remember-home.ts"
import { codexTarget } from "../../../src/targets/codex/codex-target.ts"
import { NOON } from "../../domain/logins.ts"
import { homesAt, storeIn } from "../../targets/codex/fixtures.ts"

const LATER = NOON + 3_600_000

const captured = { as: "capturedAt", at: NOON } as const
const TARGET = codexTarget(homesAt("/home/x"))
const STORE = storeIn("/somewhere")
const homesIn = (document: Document) => targetBlock(document, "codexCli").sourceHomes

test.each([true, false])(
  "a home is remembered as a label's store, once; primary: %p",
  (primary) => {
    const store = { ...STORE, primary }
    const once = rememberHome(EMPTY_DOCUMENT, TARGET, store, "boss", captured)
    const entry = { label: "boss", capturedAt: new Date(NOON).toISOString() }
    expect(homesIn(once)).toEqual({ "/somewhere": entry })
    const later = { as: "capturedAt", at: LATER } as const
    expect(rememberHome(once, TARGET, store, "boss", later)).toBe(once)
  },
)

test("a home that is switched to another label is that label's", () => {
  const once = rememberHome(EMPTY_DOCUMENT, TARGET, STORE, "boss", captured)
  const switched = { as: "switchedAt", at: LATER } as const
  expect(homesIn(rememberHome(once, TARGET, STORE, "qa", switched))).toMatchObject({
    "/somewhere": { label: "qa", switchedAt: new Date(LATER).toISOString() },
  })
})

test.each([
  ["the last switch's home, left for another", { homeDir: "/left", activeLabel: "qa" }, true],
  ["the same home", { homeDir: "/somewhere", activeLabel: "qa" }, false],
  ["a blank home", { homeDir: " ", activeLabel: "qa" }, false],
  ["a home without a label", { homeDir: "/left" }, false],
])("a switch remembers what it leaves: %s", (_, block, remembers) => {
  const document = patchTarget(EMPTY_DOCUMENT, "codexCli", block)
  expect(homesIn(rememberLeftHome(document, TARGET, STORE))).toEqual(
    remembers ? { "/left": { label: "qa" } } : undefined,
  )
})
