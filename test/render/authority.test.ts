import { expect, test } from "bun:test"
import type { AuthorityView } from "../../src/operations/authority-list.ts"
import { authorityLines } from "../../src/render/authority.ts"
import { PLAIN } from "../../src/render/layout/frame.ts"

test("the way to publish is a command line that can be typed, wherever the labels came from", () => {
  const view: AuthorityView = {
    client: "codex",
    provider: "openai-codex",
    source: "/srv/the pool.json",
    importedAt: null,
    labels: ["boss"],
    dirtyLabels: ["boss"],
    reachable: true,
  }
  const lines = authorityLines([view], 0, PLAIN)
  expect(lines.join("\n")).toContain("aim promote codex --to '/srv/the pool.json' boss")
})
