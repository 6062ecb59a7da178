import { expect, test } from "bun:test"
import { findJsonFault } from "../../src/vault/json-fault.ts"

const GOOD = [
  "{}",
  "[]",
  " [ ] ",
  "null",
  '"a\\u00e9\\n\\"\\\\/"',
  "-0",
  "0.5e-10",
  "1E+3",
  '{"a":{"a":[{"a":1},{"a":2}]},"b":[true,false,null]}',
  '{ "" : 0 , "__proto__" : { } }',
]
const BAD = [
  "",
  "{",
  "}",
  "[1,]",
  "[,1]",
  "[1 2]",
  '{"a"}',
  '{"a":}',
  "{a:1}",
  '{"a":1,}',
  "01",
  "1.",
  ".5",
  "+1",
  "1e",
  "nul",
  "NaN",
  '"a\nb"',
  '"\\x"',
  '"\\u12"',
  '"open',
  "{}{}",
  "// c\n{}",
  "\u00a0{}",
]

test.each(GOOD)("agrees with JSON.parse that %p is good", (text) => {
  JSON.parse(text)
  expect(findJsonFault(text)).toBeNull()
})

test.each(BAD)("agrees with JSON.parse that %p is bad", (text) => {
  expect(() => JSON.parse(text)).toThrow()
  expect(findJsonFault(text)?.why).toBe("syntax")
})

test("finds a key that stands twice in one object, whatever its spelling", () => {
  expect(findJsonFault('{"a": 1,\n  "\\u0061": 2}')).toEqual({
    why: "duplicate_key",
    line: 2,
    column: 3,
  })
})

test("stops at the depth that sealing refuses, however deep it goes on", () => {
  const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`
  expect(findJsonFault(nested(201))).toBeNull()
  expect(findJsonFault(nested(202))?.why).toBe("too_deep")
  expect(findJsonFault("[".repeat(1_000_000))?.why).toBe("too_deep")
})
