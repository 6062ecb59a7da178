import { expect, test } from "bun:test"
import { sift } from "../../src/cli/sift.ts"

test.each([
  ["watch --once", "watch", []],
  ["--live stauts --home /x", "stauts", ["--home", "/x"]],
  ["--home /x --json boss --state=/s", "boss", ["--home", "/x", "--json", "--state=/s"]],
  ["--bogus", undefined, []],
  ["--home", undefined, ["--home"]],
])("%s", (line, word, globals) => {
  expect(sift(line.split(" "))).toEqual({ word, globals })
})
