import { expect, test } from "bun:test"
import { maskSource } from "../support/architecture/mask.ts"

const CASES: readonly [name: string, source: string, masked: string][] = [
  ["a line comment", "a // fetch()\nb", "a           \nb"],
  ["a block comment", "a /* x\ny */ b", "a     \n     b"],
  ["a quoted text", `a("it's")`, `a("    ")`],
  ["an escaped quote", String.raw`"a\"b" + c`, `"    " + c`],
  ["a template with code", "`a$" + "{b(`c$" + "{d}`)}e` + f", "` $" + "{b(` $" + "{d}`)} ` + f"],
  ["an object inside a template's code", "`$" + "{f({ a: 1 })}x`", "`$" + "{f({ a: 1 })} `"],
  ["a pattern with a quote", `x = /['"/\\]]/g; y`, `x = /       /g; y`],
  ["a pattern after return", "a\nreturn /'/", "a\nreturn / /"],
  ["a division", "a / b / c", "a / b / c"],
]

test.each(CASES)("blanks %s", (_name, source, masked) => {
  expect(maskSource(source)).toBe(masked)
})
