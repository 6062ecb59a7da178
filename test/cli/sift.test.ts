import { expect, test } from "bun:test"
import { sift } from "../../src/cli/sift.ts"

test.each([
  ["watch --once", ["watch"], []],
  ["--live stauts --home /x", ["stauts"], ["--home", "/x"]],
  [
    "--home /x --json boss --state=/s codex",
    ["boss", "codex"],
    ["--home", "/x", "--json", "--state=/s"],
  ],
  ["--bogus", [], []],
  ["--home", [], ["--home"]],
])("%s", (line, words, globals) => {
  expect(sift(line.split(" "))).toEqual({ words, globals })
})
