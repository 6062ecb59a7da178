import { describe, expect, test } from "bun:test"
import { readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import { runPanel } from "../../src/panel/run-panel.ts"
import { readClaudeHome, writeClaudeHome } from "../support/claude-fixtures.ts"
import { openPoolWorld } from "../support/pool-world.ts"
import { panelFor, scripted } from "./scripted.ts"

async function world() {
  const opened = await openPoolWorld([], {
    claudeAccounts: [{ name: "lessons" }, { name: "work" }],
  })
  await opened.claudeLabel("lessons")
  return opened
}
type Script = Parameters<typeof scripted>[0]

async function run(opened: Awaited<ReturnType<typeof world>>, script: Script) {
  const person = scripted([...script, { choose: "Done" }])
  await runPanel(panelFor(opened.pool.homes, person), "lessons")
  return person.seen.join("\n")
}

describe("the panel of a Claude label", () => {
  test("switches Claude Code to it", async () => {
    await using opened = await world()
    expect(await run(opened, [{ choose: "Use it" }])).toContain("switched to lessons")
    const { claudeAiOauth } = await readClaudeHome(opened.home)
    expect(claudeAiOauth.refreshToken).toBe(String(await opened.stored("lessons")))
  })

  test("fetches new tokens", async () => {
    await using opened = await world()
    const before = await opened.stored("lessons")
    expect(await run(opened, [{ choose: "Fetch" }])).toContain("its login was renewed")
    expect(await opened.stored("lessons")).not.toBe(before)
  })

  test("takes in what Claude Code has, and refuses another person's", async () => {
    await using opened = await world()
    const minted = opened.sim.claude.mintLogin("lessons")
    await writeClaudeHome(opened.home, opened.sim.claude.files(minted))
    expect(await run(opened, [{ choose: "Capture" }])).toContain("a newer login was taken in")
    expect(await opened.stored("lessons")).toBe(minted.refreshToken)
    const other = opened.sim.claude.mintLogin("work")
    await writeClaudeHome(opened.home, opened.sim.claude.files(other))
    expect(await run(opened, [{ choose: "Capture" }])).toContain("work@example.test")
    expect(await opened.stored("lessons")).toBe(minted.refreshToken)
  })

  test("writes a bundle file, encrypted if that is wanted, and reads it again", async () => {
    await using opened = await world()
    await run(opened, [{ choose: "Use it" }])
    const file = join(opened.home, "lessons.claude-native-bundle.json")
    const written = await run(opened, [{ choose: "Write" }, { type: "" }, { agree: true }])
    expect(written).toContain(`${file}: the login was exported, encrypted`)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const stored = String(await opened.stored("lessons"))
    expect(await readFile(file, "latin1")).not.toContain(stored)
    expect(await run(opened, [{ choose: "Import" }, { type: file }])).toContain("is stored already")
  })

  test("can be left at every question", async () => {
    await using opened = await world()
    const text = await opened.text()
    await run(opened, [{ choose: "Import" }, "esc", { choose: "Write" }, "esc"])
    expect(await opened.text()).toBe(text)
  })
})
