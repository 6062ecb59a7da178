import { expect, test } from "bun:test"
import { PLAIN } from "../../src/render/layout/frame.ts"
import { prunedLines } from "../../src/render/pruned.ts"

const store = {
  ...{ label: "boss", store: "/h/.codex", outcome: "pruned" },
  ...{ files: ["/h/.codex/auth.json"], quarantined: "0a1b2c3d" },
}

test("every store has a line that says what became of its login", () => {
  const lines = prunedLines(
    [
      { ...store, outcome: "planned", files: [], quarantined: null },
      store,
      { ...store, files: [], quarantined: null },
      { ...store, outcome: "kept", detail: "another login is there" },
      { ...store, outcome: "client_lock_timeout", detail: "Pi keeps its lock", hint: "close it" },
    ],
    PLAIN,
  )
  expect(lines).toEqual([
    "`boss` in /h/.codex: its login would be taken out, into quarantine",
    "`boss` in /h/.codex: its login was taken out; quarantine keeps it as 0a1b2c3d",
    "`boss` in /h/.codex: its login was taken out",
    "`boss` in /h/.codex: nothing was taken out: another login is there",
    "`boss` in /h/.codex: not taken out yet: Pi keeps its lock",
    "  hint: close it",
  ])
})
