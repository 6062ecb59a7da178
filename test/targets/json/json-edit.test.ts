import { expect, test } from "bun:test"
import { withoutMember } from "../../../src/targets/json/json-edit.ts"

test.each([
  ["the first", '{"x": 1,\n "y" : [ ] }', '{"y" : [ ] }'],
  ["the last", '{\n  "y" : {"x": 1},\n  "x": "}"\n}\n', '{\n  "y" : {"x": 1}\n}\n'],
  ["one between", '{"a":1, "x":{"b":[1,{}]} ,"c" :2}', '{"a":1, "c" :2}'],
  ["the only one", ' {\n  "x": 1\n}\n', " {}\n"],
  ["one that is not there", '{"y": {"x": 1}}', '{"y": {"x": 1}}'],
  ["one of no object", "[1]", "[1]"],
])("taking %s out of a JSON text leaves every other byte", (_, text, wanted) => {
  expect(withoutMember(text, "x")).toBe(wanted)
})
