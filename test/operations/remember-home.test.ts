import { expect, test } from "bun:test"
import { EMPTY_DOCUMENT, targetBlock } from "../../src/domain/document.ts"
import { rememberHome } from "../../src/operations/remember-home.ts"
import { codexTarget } from "../../src/targets/codex/codex-target.ts"
import { NOON } from "../domain/logins.ts"
import { homesAt, storeIn } from "../targets/codex/fixtures.ts"

const LATER = NOON + 3_600_000

test("a home is remembered as a label's store, once; the client's own needs no memory", () => {
  const target = codexTarget(homesAt("/home/x"))
  const store = { ...storeIn("/somewhere"), primary: false }
  expect(rememberHome(EMPTY_DOCUMENT, target, { ...store, primary: true }, "boss", NOON)).toBe(
    EMPTY_DOCUMENT,
  )
  const once = rememberHome(EMPTY_DOCUMENT, target, store, "boss", NOON)
  const entry = { label: "boss", capturedAt: new Date(NOON).toISOString() }
  expect(targetBlock(once, "codexCli").sourceHomes).toEqual({ "/somewhere": entry })
  expect(rememberHome(once, target, store, "boss", LATER)).toBe(once)
  const taken = rememberHome(once, target, store, "qa", NOON)
  expect(targetBlock(taken, "codexCli").sourceHomes).toEqual({
    "/somewhere": { ...entry, label: "qa" },
  })
})
