import { expect, test } from "bun:test"
import { adoptedLines, droppedLines, quarantineLines } from "../../src/render/quarantine.ts"
import type { QuarantineView } from "../../src/vault/quarantine.ts"
import { AT, inHours, PIPE, screen } from "./status/value.ts"

const KEPT: QuarantineView = {
  id: "1a2b3c4d",
  at: inHours(-2),
  provider: "openai-codex",
  label: "boss",
  reason: "conflict",
  identity: "boss@example.test (user u-1, workspace ws-1)",
  adoptable: true,
}

test("what is kept, why, and the two ways on", () => {
  const reply = {
    ...KEPT,
    id: "5e6f",
    label: null,
    reason: "reply_unreadable",
    identity: "unknown",
    adoptable: false,
  }
  expect(screen(quarantineLines([KEPT, reply], AT, PIPE))).toMatchInlineSnapshot(`
    "
    id        label   since  account            why
    1a2b3c4d  boss   2h ago  boss@example.test  conflicts with the stored login
    5e6f      --     2h ago  unknown            the issuer's reply can't be read; n~
      hint: aim quarantine adopt 1a2b3c4d boss
      hint: aim quarantine drop 1a2b3c4d
    "
  `)
})

test("a long label leaves room for why", () => {
  const long = { ...KEPT, label: "the-label-of-the-second-team-account" }
  expect(quarantineLines([long], AT, PIPE)[1]).toBe(
    "1a2b3c4d  the-label-of-the-sec~  2h ago  boss@example.test  conflicts with the ~",
  )
})

test("an empty quarantine is good news", () => {
  expect(quarantineLines([], AT, PIPE)).toEqual([
    "Quarantine is empty: no login has failed a check.",
  ])
})

test("an entry that can't be adopted has one way on only", () => {
  const lines = quarantineLines([{ ...KEPT, adoptable: false }], AT, PIPE)
  expect(lines.filter((line) => line.includes("hint:"))).toEqual([
    "  hint: aim quarantine drop 1a2b3c4d",
  ])
})

test.each(["wrong_identity", "wrong_login"])(
  "a login that is not its label's (%s) is never to be adopted as that label",
  (reason) => {
    const lines = quarantineLines([{ ...KEPT, reason }], AT, PIPE)
    expect(lines).toContain("  hint: aim quarantine adopt 1a2b3c4d <label>")
  },
)

test("adopting and dropping name the entry", () => {
  const adopted = { label: "boss", adopted: KEPT, replaced: "99", stores: [] }
  expect(adoptedLines(adopted, PIPE)).toEqual([
    "boss: 1a2b3c4d is its login now",
    "  the login before it is kept in quarantine, as 99",
  ])
  expect(adoptedLines({ ...adopted, replaced: null }, PIPE)).toHaveLength(1)
  expect(droppedLines(KEPT)).toEqual([
    "1a2b3c4d was dropped (conflicts with the stored login; boss@example.test (user u-1, workspace ws-1))",
  ])
})
