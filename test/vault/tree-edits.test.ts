import { expect, test } from "bun:test"
import { valueAt, without, withoutEmpty, withValue } from "../../src/vault/tree-edits.ts"

const tree = { a: { b: 1, c: { d: null } }, list: [{ b: 1 }], text: "x" }

test.each([
  [["a", "b"], 1],
  [["a", "c", "d"], null],
  [["a", "c", "d", "e"], undefined],
  [["list", "0"], undefined],
  [["text", "length"], undefined],
  [["constructor"], undefined],
  [["a", "__proto__"], undefined],
])("reads what stands at %p", (path, value) => {
  expect(valueAt(tree, path)).toEqual(value)
})

test("sets a value, in place of an old one or behind all others", () => {
  expect(JSON.stringify(withValue({ x: 1, y: 2 }, ["x"], 3))).toBe('{"x":3,"y":2}')
  expect(JSON.stringify(withValue({ x: 1 }, ["n", "m"], 3))).toBe('{"x":1,"n":{"m":3}}')
})

test("a hostile key becomes a key like any other", () => {
  const set = withValue({}, ["__proto__", "polluted"], "yes")
  expect(JSON.stringify(set)).toBe('{"__proto__":{"polluted":"yes"}}')
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})

test("takes a key away, and gives the same tree where there was none", () => {
  expect(without(tree, ["a", "c"])).toEqual({ ...tree, a: { b: 1 } } as never)
  expect(without(tree, ["a", "x", "y"])).toBe(tree)
  expect(without(tree, ["text", "length"])).toBe(tree)
  expect(withoutEmpty({ a: {} }, ["a"])).toEqual({})
  expect(withoutEmpty(tree, ["a"])).toBe(tree)
})
