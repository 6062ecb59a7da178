import { describe, expect, test } from "bun:test"
import { openclawAgents } from "../../../src/domain/browser/openclaw-workspaces.ts"

const PLACE = { state: "/h/.openclaw", home: "/h", workspace: null }
const places = (agents: unknown, place = PLACE) =>
  openclawAgents({ agents }, place).map(({ id, workspaces }) => [id, ...workspaces])

describe("the workspaces of OpenClaw's agents", () => {
  test.each<[string, unknown, string[][]]>([
    ["no agents", undefined, [["main", "/h/.openclaw/workspace"]]],
    ["something else", "agents", [["main", "/h/.openclaw/workspace"]]],
    ["one agent", { entries: { qa: {} } }, [["qa", "/h/.openclaw/workspace"]]],
    [
      "one agent with a root",
      { entries: { qa: {} }, defaults: { workspace: "~/claw" } },
      [["qa", "/h/claw"]],
    ],
    [
      "agents of their own",
      { entries: { qa: { workspace: "~/qa" }, ops: { workspace: "/srv/ops" } } },
      [
        ["qa", "/h/qa"],
        ["ops", "/srv/ops"],
      ],
    ],
    [
      "several",
      { entries: { main: {}, qa: {} } },
      [
        ["main", "/h/.openclaw/workspace-main", "/h/.openclaw/workspace"],
        ["qa", "/h/.openclaw/workspace-qa", "/h/.openclaw/workspace"],
      ],
    ],
    [
      "several with a root",
      { entries: { main: {}, qa: {} }, defaults: { workspace: "/srv" } },
      [
        ["main", "/srv/main", "/srv"],
        ["qa", "/srv/qa", "/srv"],
      ],
    ],
    [
      "the older list",
      { list: [{ id: "qa", workspace: "~/qa" }, { id: "../out" }, 7, { id: " " }] },
      [["qa", "/h/qa"]],
    ],
    [
      "a path of its own folder",
      { entries: { qa: { workspace: "w" } } },
      [["qa", "/h/.openclaw/w"]],
    ],
  ])("with %s", (_name, agents, expected) => expect(places(agents)).toEqual(expected))

  test("follow OPENCLAW_WORKSPACE_DIR", () => {
    expect(places(undefined, { ...PLACE, workspace: "/w" } as never)).toEqual([["main", "/w"]])
  })
})

test("the Slack accounts that are routed to an agent, and nothing else", () => {
  const match = (accountId: unknown, channel = "slack") => ({ channel, accountId })
  const bindings = [
    { agentId: "qa", match: match("boss") },
    { agentId: "qa", match: match("boss-2", "telegram") },
    { agentId: "ops", match: match("lessons") },
    { agentId: "qa", match: match(7) },
    { agentId: "qa" },
    null,
  ]
  const config = { agents: { entries: { qa: {}, ops: {} } }, bindings }
  expect(openclawAgents(config, PLACE).map(({ id, slackAccounts }) => [id, slackAccounts])).toEqual(
    [
      ["qa", ["boss"]],
      ["ops", ["lessons"]],
    ],
  )
  expect(openclawAgents({ bindings: {} }, PLACE)[0]?.slackAccounts).toEqual([])
})
