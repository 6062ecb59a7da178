import { expect, test } from "bun:test"
import { membersOf } from "../../../src/targets/json/json-members.ts"

/** Each member's key, and its value as it stands in the text. */
function parts(text: string, from = 0): [string, string][] | null {
  const found = membersOf(text, from)
  if (found === null) return null
  expect(text[found.open]).toBe("{")
  expect(text[found.close]).toBe("}")
  return found.members.map(({ key, start, end }) => [key, text.slice(start, end)])
}

test.each<[string, [string, string][]]>([
  ["{}", []],
  [' \n{ "a" : 1 }', [["a", "1"]]],
  [
    '{"a":true,"b":-1.5e3\n,"c":null\t}',
    [
      ["a", "true"],
      ["b", "-1.5e3"],
      ["c", "null"],
    ],
  ],
  [
    String.raw`{"even":"ends in \\","odd":"a \" in it","both":"\\\"","u":"\u0022"}`,
    [
      ["even", String.raw`"ends in \\"`],
      ["odd", String.raw`"a \" in it"`],
      ["both", String.raw`"\\\""`],
      ["u", String.raw`"\u0022"`],
    ],
  ],
  [
    String.raw`{"a\"}":[1,{"b":"]"},[]],"c":{"d":{"e":"\\"}} ,"a\"}":{}}`,
    [
      ['a"}', '[1,{"b":"]"},[]]'],
      ["c", String.raw`{"d":{"e":"\\"}}`],
      ['a"}', "{}"],
    ],
  ],
])("%s", (text, expected) => {
  expect(parts(text)).toEqual(expected)
})

test("of an object inside a text, and of what is none", () => {
  expect(parts('{"a":{"b":2},"c":3}', 5)).toEqual([["b", "2"]])
  expect(parts("[1]")).toBeNull()
  expect(parts("")).toBeNull()
})
