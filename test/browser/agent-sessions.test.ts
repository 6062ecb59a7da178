import { describe, expect, test } from "bun:test"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { agentDir, agentSessions } from "../../src/browser/agent-sessions.ts"
import { tempFolder } from "../support/temp-folder.ts"

describe("agent-browser's folder", () => {
  test.each([
    ["in the home", {}, "/h/.agent-browser"],
    ["in the runtime folder", { XDG_RUNTIME_DIR: "/run/1" }, "/run/1/agent-browser"],
    ["where it was named", { XDG_RUNTIME_DIR: "/run/1", AGENT_BROWSER_SOCKET_DIR: "/s" }, "/s"],
    ["as if blank ones were not there", { XDG_RUNTIME_DIR: "" }, "/h/.agent-browser"],
    [
      "of a namespace",
      { AGENT_BROWSER_NAMESPACE: " My--Team: é/1! " },
      "/h/.agent-browser/namespaces/my-team-é-1/run",
    ],
    ["of a namespace without a letter", { AGENT_BROWSER_NAMESPACE: "--!" }, "/h/.agent-browser"],
  ])("is %s", (_name, env: Record<string, string>, dir) => expect(agentDir("/h", env)).toBe(dir))
})

describe("agent-browser's sessions", () => {
  test("are none where it was never used", async () => {
    expect(await agentSessions("/nowhere")).toEqual([])
  })

  test("are told from what they left, from other programs and from the dashboard", async () => {
    const dir = tempFolder("agent-browser")
    const files = {
      "alien.pid": `${process.pid}`,
      "broken.pid": "no number",
      "dashboard.pid": `${process.pid}`,
      "dead.pid": "4194305\n",
      "dead.sock": "",
      "half.version": "0.41.2",
    }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text)
    mkdirSync(join(dir, "folder.pid"))
    expect(await agentSessions(dir)).toEqual(
      ["alien", "broken", "dead", "folder"].map((session) => ({
        session,
        running: false,
        profile: null,
      })),
    )
  })
})
