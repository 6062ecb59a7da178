import { describe, expect, test } from "bun:test"
import { widthOf } from "../../src/render/layout/width.ts"
import { type Menu, menuLines } from "../../src/render/menu.ts"

const MENU: Menu = {
  header: ["boss: needs a login", "since \u001b[31mMonday\u001b[0m\u0007"],
  choices: [
    { key: "1", text: "Log in", details: ["saves /home/operator/.aimgr/browser/boss/user-data"] },
    { key: "2", text: "Details", details: ["shows all"] },
    { key: "0", text: "Leave\u001b[2J", details: [] },
  ],
  selected: 1,
  open: true,
  note: null,
}
const frame = (width: number, look: { color?: boolean; unicode?: boolean } = {}) => ({
  width,
  color: false,
  unicode: false,
  ...look,
})

test("a menu in plain letters", () => {
  expect(menuLines({ ...MENU, note: "`x`?" }, frame(80), 24)).toEqual([
    "boss: needs a login",
    "since \u001b[31mMonday\u001b[0m\ufffd",
    "",
    "  1  Log in",
    "     saves /home/operator/.aimgr/browser/boss/user-data",
    "> 2  Details",
    "     shows all",
    "  0  Leave",
    "",
    "`x`?",
    "A number, a letter, or the arrows and Enter; Esc leaves.",
  ])
})

test("colours add to the mark, and beyond ASCII it is another one", () => {
  const lines = menuLines(MENU, frame(80, { color: true, unicode: true }), 24)
  expect(lines).toContain("\u001b[1m❯ 2  Details\u001b[0m")
})

test("what was chosen stays, without the hint", () => {
  const lines = menuLines({ ...MENU, open: false }, frame(80), 24)
  expect([lines.at(-1), lines[5]]).toEqual(["  0  Leave", "> 2  Details"])
})

test.each([20, 30, 79])("no line is wider than %p columns, and no letter is lost", (width) => {
  const lines = menuLines(MENU, frame(width), 100)
  for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width)
  expect(lines.join("").replaceAll(/\s/g, "")).toContain("/home/operator/.aimgr/browser/boss/user")
})

test("keys of two digits stand in one column", () => {
  const choices = ["1", "10"].map((key) => ({ key, text: `of ${key}`, details: [] }))
  const lines = menuLines({ ...MENU, header: [], choices, selected: 0, open: false }, frame(80), 9)
  expect(lines).toEqual([">  1  of 1", "  10  of 10"])
})

describe("a menu that is too long for the screen", () => {
  const choices = Array.from({ length: 30 }, (_, index) => ({
    key: String(index + 1),
    text: `Profile ${index + 1}`,
    details: [`/p/${index + 1}`],
  }))

  test("shows the details of the selected choice alone, if that is enough", () => {
    const lines = menuLines({ ...MENU, choices, selected: 3 }, frame(80), 40)
    expect(lines.filter((line) => line.includes("/p/"))).toEqual(["      /p/4"])
    expect(lines).toContain("  30  Profile 30")
  })

  const places = [5, 6, 8, 12, 24].flatMap((rows) => [0, 1, 7, 15, 28, 29].map((at) => [rows, at]))
  test.each(places)("else what is around it: %p rows, choice %p", (rows = 0, selected = 0) => {
    const lines = menuLines({ ...MENU, choices, selected }, frame(80), rows)
    expect(lines.length).toBeLessThanOrEqual(rows)
    expect(lines.find((line) => line.startsWith(">"))).toBe(
      `> ${String(selected + 1).padStart(2)}  Profile ${selected + 1}`,
    )
  })

  test("marks say where something is cut", () => {
    const marks = (selected: number) =>
      menuLines({ ...MENU, choices, selected }, frame(80), 12).filter((line) => line === "  ...")
    expect([0, 15, 29].map((selected) => marks(selected).length)).toEqual([1, 2, 1])
  })
})
