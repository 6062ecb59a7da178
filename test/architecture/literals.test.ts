import { expect, test } from "bun:test"
import { literalsOf } from "../support/architecture/literals.ts"

test("texts are found in code and in templates' code, not in comments and patterns", () => {
  const source = [
    'const a = "one" // "no"',
    "/* `no` */ const b = `x #{f({ a: `in #{1}` }, { b: '2' })} y`",
    'const c = /`"/.source + `\\`t\\``',
  ]
    .join("\n")
    .replaceAll("#{", "${")
  expect(literalsOf(source)).toEqual([
    { line: 1, text: "one" },
    { line: 2, text: "in <…>" },
    { line: 2, text: "2" },
    { line: 2, text: "x <…> y" },
    { line: 3, text: "`t`" },
  ])
})
