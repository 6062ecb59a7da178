import { expect, test } from "bun:test"
import { helpPage } from "../../src/cli/help.ts"
import { COMMANDS, GROUPS } from "../../src/cli/table/table.ts"
import { helpLines } from "../../src/render/help.ts"

const PAGES = ["", ...[...COMMANDS, ...GROUPS].map(({ path }) => path)]

test.each(PAGES)("the page of `aim %s` is at most 80 columns wide", async (path) => {
  const wide = helpLines(await helpPage(path)).filter((line) => line.length > 80)
  expect(wide).toEqual([])
})
