import { describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import { castAt } from "../../src/operations/demo/cast.ts"
import { STORY, settingUp } from "../../src/operations/demo/story.ts"
import { type DemoPart, runDemo } from "../../src/operations/demo.ts"

const SCREEN = { columns: 80, color: false, unicode: false }

describe("the demo", () => {
  test("at a command that fails it says which, and leaves no sandbox", async () => {
    const parts: DemoPart[] = []
    const telling = async () => {
      // The program that runs here is Bun, which has no such command: every step must fail.
      for await (const part of runDemo({ keep: false, screen: SCREEN, env: process.env }))
        parts.push(part)
    }
    await expect(telling()).rejects.toMatchObject({
      problem: { code: "demo_failed", message: expect.stringContaining("aim codex capture boss") },
    })
    expect(parts.map(({ kind }) => kind)).toEqual(["opening"])
    expect(existsSync(parts[0]?.kind === "opening" ? parts[0].home : "/")).toBe(false)
  })

  test("every account of the cast has a home of its own, and becomes a label", () => {
    const cast = castAt(0)
    expect(cast).toHaveLength(6)
    expect(new Set(cast.map(({ home }) => home)).size).toBe(6)
    const commands = settingUp(cast).map(({ command }) => command)
    for (const { account } of cast)
      expect(commands.some((command) => command.startsWith(`codex capture ${account.name}`))).toBe(
        true,
      )
  })

  test("each scene says what it shows, in words that fit two lines or so", () => {
    for (const { note } of [...settingUp(castAt(0)), ...STORY]) {
      expect(note.length).toBeGreaterThan(0)
      expect(note.length).toBeLessThan(240)
    }
  })
})
