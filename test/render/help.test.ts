import { describe, expect, test } from "bun:test"
import { type HelpPage, helpLines } from "../../src/render/help.ts"

const PAGE: HelpPage = {
  usage: "aim x",
  summary: "does x",
  details: [],
  sections: [],
  example: "aim x",
}

const body = (page: Partial<HelpPage>) => helpLines({ ...PAGE, ...page }).slice(3, -3)

describe("details", () => {
  test("are broken anew at 80 columns", () => {
    const words = Array.from({ length: 40 }, (_, at) => `word${at}`)
    const lines = body({ details: [words.slice(0, 30).join(" "), words.slice(30).join(" ")] })
    expect(lines[0]).toBe("")
    expect(lines.slice(1).join(" ")).toBe(words.join(" "))
    const widths = lines.slice(1).map((line) => line.length)
    expect(Math.max(...widths)).toBeLessThanOrEqual(80)
    expect(widths.slice(0, -1).every((width) => width > 72)).toBe(true)
  })

  test("keep paragraphs apart, and lines to be typed as they are", () => {
    const line = `  ${"x".repeat(90)}  y`
    expect(body({ details: ["one", "two", "", "three:", line, "four"] })).toEqual([
      "",
      "one two",
      "",
      "three:",
      line,
      "four",
    ])
  })
})

test("rows stand in two columns, and what is long goes on below itself", () => {
  const said = "what is said of this flag is longer than the room that is left beside its name"
  expect(
    body({
      sections: [
        [
          "flags",
          [
            ["--a", said],
            ["--name-of-a-flag <value>", "short"],
            ["--no", ""],
          ],
        ],
        ["none", []],
      ],
    }),
  ).toEqual([
    "",
    "flags:",
    "  --a                       what is said of this flag is longer than the room",
    "                            that is left beside its name",
    "  --name-of-a-flag <value>  short",
    "  --no",
  ])
})
