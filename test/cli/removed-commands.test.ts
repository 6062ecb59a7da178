import { expect, test } from "bun:test"
import { removedCommand } from "../../src/cli/removed-commands.ts"

test.each([
  ["pin", "pin"],
  ["pin main boss", "pin"],
  ["autopin openclaw", "autopin"],
  ["sync hermes", "sync hermes"],
  ["boss codex use", "<label> codex use"],
  ["boss pi use", "<label> pi use"],
  ["sync", null],
  ["sync codex", null],
  ["boss", null],
  ["boss codex", null],
  ["pi use", null],
  ["pi use boss", null],
  ["spin", null],
])("aim %s", (line, name) => {
  expect(removedCommand(line.split(" "))?.name ?? null).toBe(name)
})
