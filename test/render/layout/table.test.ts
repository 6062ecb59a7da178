import { expect, test } from "bun:test"
import { PLAIN } from "../../../src/render/layout/frame.ts"
import { type Cell, type Column, table } from "../../../src/render/layout/table.ts"

const COLUMNS: readonly Column[] = [
  { title: "label" },
  { title: "5h", align: "right" },
  { title: "account", shrinks: true },
  { title: "state" },
]
const ROWS: readonly (readonly Cell[])[] = [
  ["boss", "3%", "boss@example.test", { text: "ready", style: "green" }],
  ["lessons", "100%", "a-very-long-name@a-very-long-domain.example.test", "reauth"],
  ["qa", "?", ""],
]
const lines = (width: number, color = false) =>
  `\n${table(COLUMNS, ROWS, { ...PLAIN, width, color }).join("\n")}\n`

test("columns are as wide as their widest cell, and no line ends in spaces", () => {
  expect(lines(120)).toMatchInlineSnapshot(`
    "
    label      5h  account                                           state
    boss       3%  boss@example.test                                 ready
    lessons  100%  a-very-long-name@a-very-long-domain.example.test  reauth
    qa          ?
    "
  `)
})

test("a narrow frame takes from the column that may give way", () => {
  expect(lines(40)).toMatchInlineSnapshot(`
    "
    label      5h  account            state
    boss       3%  boss@example.test  ready
    lessons  100%  a-very-long-name~  reauth
    qa          ?
    "
  `)
})

test("of those that may give way the widest does, down to 8 columns each", () => {
  const columns = ["a", "b", "c"].map((title) => ({ title, shrinks: true }))
  const row = ["x".repeat(12), "y".repeat(30), "z".repeat(4)]
  const widths = (width: number) =>
    table(columns, [row], { ...PLAIN, width })[1]
      ?.split("  ")
      .map((cell) => cell.length)
  expect(widths(60)).toEqual([12, 30, 4])
  expect(widths(40)).toEqual([12, 20, 4])
  expect(widths(30)).toEqual([11, 11, 4])
  expect(widths(10)).toEqual([8, 8, 4])
})

test("colour changes no column", () => {
  const coloured = lines(120, true)
  expect(coloured).toContain("\u001b[32mready\u001b[0m")
  expect(Bun.stripANSI(coloured)).toBe(lines(120))
})

test("wide letters count as two columns", () => {
  const rows = [
    ["日本", "x"],
    ["ab", "y"],
  ]
  expect(table([{ title: "a" }, { title: "b" }], rows, PLAIN)).toEqual([
    "a     b",
    "日本  x",
    "ab    y",
  ])
})

test("a cell can't speak to the terminal", () => {
  const evil = "\u001b]0;owned\u0007\u001b[31mred\u001b[0m\r\nnext\u202e"
  const [, row] = table([{ title: "a" }], [[evil]], { ...PLAIN, color: true })
  expect(row).toMatch(/^[^\p{Cc}\u202e]*$/u)
  expect(row).toContain("red")
})

test("without rows there is nothing to say", () => {
  expect(table(COLUMNS, [], PLAIN)).toEqual([])
})
