import { afterAll, beforeEach, expect, spyOn, test } from "bun:test"
import { dispatch } from "../../src/cli/dispatch.ts"
import { COMMANDS } from "../../src/cli/table/table.ts"

const loads = COMMANDS.map((row) => spyOn(row, "load"))
const silenced = [spyOn(console, "log")]

beforeEach(() => {
  for (const spy of loads) spy.mockClear()
  for (const spy of silenced) spy.mockReset().mockImplementation(() => {})
})
afterAll(() => {
  for (const spy of [...loads, ...silenced]) spy.mockRestore()
})

/** The commands whose files were loaded on the way. */
const loaded = () =>
  COMMANDS.filter((_, index) => (loads[index]?.mock.calls.length ?? 0) > 0).map(({ path }) => path)

test.each([
  ["", 0, []],
  ["--version", 0, []],
  ["help", 0, []],
  ["codex", 0, []],
  ["stauts --json", 2, []],
  ["codex nope --help", 0, []],
  ["constructor --json", 2, []],
  ["status --bogus --json", 2, ["status"]],
  ["help codex use", 0, ["codex use"]],
  ["codex use boss --json", 2, ["codex use"]],
])("aim %s loads only what it needs", async (line, code, paths) => {
  expect(await dispatch(line.split(" ").filter(Boolean))).toBe(code)
  expect(loaded()).toEqual(paths)
})
