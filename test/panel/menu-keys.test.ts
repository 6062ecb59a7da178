import { describe, expect, test } from "bun:test"
import { choiceOf, FIRST, pressed } from "../../src/panel/menu-keys.ts"
import type { Key } from "../../src/system/decode-key.ts"

const MENU = [
  { key: "1", text: "Log in" },
  { key: "2", text: "Device code" },
  { key: "3", text: "Details" },
  { key: "4", text: "Öffnen" },
  { key: "0", text: "Leave" },
]
const LONG = Array.from({ length: 12 }, (_, index) => ({ key: String(index + 1), text: "Profile" }))

/** What comes of keys: letters, or names in brackets. */
function after(typed: string, choices = MENU) {
  let state = FIRST
  for (const [, name, letter] of typed.matchAll(/<(\w+)>|(.)/gu)) {
    const key = name === undefined ? { kind: "char", text: letter } : { kind: name, text: "..." }
    const step = pressed(state, key as Key, choices)
    if (step.kind === "chosen") return `chosen ${step.index}`
    if (step.kind === "left") return "left"
    state = step.state
  }
  return `at ${state.selected}${state.note === null ? "" : `: ${state.note}`}`
}

describe("a menu", () => {
  test.each([
    ["", "at 0"],
    ["<enter>", "chosen 0"],
    ["2", "chosen 1"],
    ["0", "chosen 4"],
    ["<down><down>", "at 2"],
    ["<down><enter>", "chosen 1"],
    ["<up>", "at 4"],
    ["<up><down>", "at 0"],
    ["l", "at 4"],
    ["ll", "at 0"],
    ["L<enter>", "chosen 4"],
    ["d", "at 1"],
    ["dd", "at 2"],
    ["ddd", "at 1"],
    ["ö", "chosen 3"],
    ["Ö", "chosen 3"],
    ["7", "at 0: `7` is none of the choices."],
    ["<down>x", "at 1: `x` is none of the choices."],
    ["x<down>", "at 1"],
    ["<paste>", "at 0: a paste is none of the choices."],
    ["<down><redraw>", "at 1"],
    ["<down><backspace>", "at 1"],
    ["<escape>", "left"],
    ["<end_of_input>", "left"],
  ])("%p: %s", (typed, expected) => expect(after(typed)).toBe(expected))

  test.each([
    ["3", "chosen 2"],
    ["1", "at 0"],
    ["1<enter>", "chosen 0"],
    ["12", "chosen 11"],
    ["13", "at 0: `13` is none of the choices."],
    ["1p", "at 0: `1p` is none of the choices."],
    ["1<backspace>2", "chosen 1"],
    ["1<down>1<enter>", "chosen 0"],
  ])("of twelve, %p: %s", (typed, expected) => expect(after(typed, LONG)).toBe(expected))
})

test.each([
  ["2", 1],
  [" 0 ", 4],
  ["dev", 1],
  ["DETAILS", 2],
  ["d", null],
  ["ö", 3],
  ["", null],
  ["9", null],
])("a typed line %p means %p", (line, index) => expect(choiceOf(line, MENU)).toBe(index))
