import { expect, test } from "bun:test"
import type { CaptureResult } from "../../src/operations/capture-login.ts"
import { captureDocument, captureLines } from "../../src/render/capture.ts"
import { forgottenLines } from "../../src/render/forgotten.ts"
import { removalLines, renamingLines } from "../../src/render/label-changes.ts"
import { PIPE, screen } from "./status/value.ts"

const CAPTURED: CaptureResult = {
  label: "boss",
  adoption: "adopted",
  home: "/home/op/codex-boss",
  identity: "boss@example.test (user u-1, workspace ws-1)",
  accountId: "ws-1",
  quarantined: null,
  warnings: [],
  stores: [],
}

test("a capture says whose login it took from where", () => {
  const stores = [{ store: "/home/op/.codex", label: "boss", outcome: "reached" }]
  expect(screen(captureLines({ ...CAPTURED, stores }, PIPE))).toMatchInlineSnapshot(`
    "
    boss: the login was adopted
      from     /home/op/codex-boss
      account  boss@example.test (user u-1, workspace ws-1)
      \`boss\` in /home/op/.codex: brought up to date
    "
  `)
  expect(captureDocument(CAPTURED)).toEqual({ ok: true, ...CAPTURED })
})

test("a conflict fails, and names where the login is kept and how to take it", () => {
  const conflict: CaptureResult = { ...CAPTURED, adoption: "conflict", quarantined: "1a2b3c4d" }
  expect(screen(captureLines(conflict, PIPE))).toMatchInlineSnapshot(`
    "
    boss: this login conflicts with the stored one, which stays
      from     /home/op/codex-boss
      account  boss@example.test (user u-1, workspace ws-1)
      kept     in quarantine, as 1a2b3c4d
      hint: if this one is right: aim quarantine adopt 1a2b3c4d boss
    "
  `)
  expect(captureDocument(conflict)).toMatchObject({
    ok: false,
    error: { code: "capture_conflict", hint: expect.stringContaining("adopt 1a2b3c4d boss") },
    quarantined: "1a2b3c4d",
  })
})

test.each([
  ["newer", "boss: a newer login was taken in"],
  ["same", "boss: this login is stored already"],
  ["older", "boss: the stored login is newer than this one and stays"],
] as const)("%s", (adoption, line) =>
  expect(captureLines({ ...CAPTURED, adoption }, PIPE)[0]).toBe(line),
)

test("changes of labels and homes say what they touched", () => {
  expect(removalLines({ label: "qa", touches: ["a", "b"] })).toEqual([
    "qa was removed:",
    "  a",
    "  b",
  ])
  expect(renamingLines({ label: "qb", from: "qa", touches: ["a"] })).toEqual([
    "qa is called qb now:",
    "  a",
  ])
  expect(forgottenLines({ home: "/h", label: "qa" })).toEqual([
    "/h, a store of qa, is forgotten; the files there stay as they are",
  ])
  expect(forgottenLines({ home: "/h", label: null })).toEqual([
    "/h is forgotten; the files there stay as they are",
  ])
})
