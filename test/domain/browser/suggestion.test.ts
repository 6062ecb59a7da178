import { expect, test } from "bun:test"
import { isCalledLike, suggestionsFor } from "../../../src/domain/browser/suggestion.ts"
import { parseLabel } from "../../../src/domain/label.ts"

const BOSS = parseLabel("boss")
const one = (id: string, session: string, profile: string, ...slackAccounts: string[]) => ({
  agent: { id, workspaces: [], slackAccounts },
  browser: { session, profile },
})

test("Slack's account comes first, then the session's name, then the folder's; each once", () => {
  const found = suggestionsFor(BOSS, [
    one("zeta", "z", "/p/agent-boss"),
    one("delta", "Boss", "/p/d"),
    one("beta", "agent-boss", "/p/b"),
    one("alpha", "x", "/p/a", "qa", "boss"),
    one("gamma", "x", "/p/a", "boss"),
    one("eta", "boss", "/p/d-2"),
    one("theta", "Boss", "/p/d"),
    one("other", "qa", "/p/bossy", "qa"),
  ])
  expect(found.map(({ agentId, reason }) => [agentId, reason])).toEqual([
    ["alpha", "openclaw-binding"],
    ["beta", "workspace-session-match"],
    ["delta", "workspace-session-match"],
    ["eta", "workspace-session-match"],
    ["zeta", "workspace-profile-match"],
  ])
  expect(found[0]).toEqual({
    agentId: "alpha",
    reason: "openclaw-binding",
    session: "x",
    profile: "/p/a",
  })
})

test.each([
  ["boss", true],
  ["Agent-Boss", true],
  ["agent boss!", true],
  ["boss2", false],
  ["my-boss", false],
  ["", false],
])("%j is called like boss: %p", (word, expected) => {
  expect(isCalledLike(word, BOSS)).toBe(expected)
})
