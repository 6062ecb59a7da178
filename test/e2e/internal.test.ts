import { describe, expect, test } from "bun:test"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { INTERNAL } from "../../src/cli/table/internal.ts"
import { CANARY } from "../../src/simulator/tokens.ts"
import { openWorld } from "../support/world.ts"
import { atTerminal } from "./support/at-terminal.ts"

/** What gives logins away on stdout, as it is meant to, and what must not. */
const GIVING = ["internal export --provider openai-codex", "internal refresh openai-codex boss"]
const SILENT = [
  "internal apply-codex-promotion",
  "internal apply-claude-promotion",
  "internal refresh openai-codex nobody",
  "internal refresh frobnicate boss",
  "internal export",
  "internal export --provider frobnicate",
]
const open = () => openWorld([{ name: "boss" }])

test("every internal command is among these", () => {
  const lines = [...GIVING, ...SILENT]
  const missing = INTERNAL.filter(({ path }) => !lines.some((line) => line.startsWith(path)))
  expect(missing).toEqual([])
})

describe("what one aim calls on another", () => {
  test("is in no help page, no completion, no suggestion", async () => {
    for (const args of ["--help", "help", "__complete bash i", "__complete bash internal e"]) {
      await using world = await open()
      expect((await world.aim(args)).stdout).not.toContain("internal")
    }
    await using world = await open()
    const { code, stderr } = await world.aim("interna")
    expect([code, stderr.includes("internal")]).toEqual([2, false])
  })

  test("gives logins on stdout alone", async () => {
    await using world = await open()
    await world.label("boss")
    for (const command of GIVING) {
      const { code, stdout, stderr } = await world.aim(command, { env: { AIM_DEBUG: "1" } })
      expect([code, stdout.includes(CANARY), stderr]).toEqual([0, true, ""])
      expect(() => JSON.parse(stdout)).not.toThrow()
    }
    for (const command of SILENT) {
      const { stdout, stderr } = await world.aim(command)
      expect(stdout + stderr).not.toContain(CANARY)
    }
    expect((await world.aim("history --json")).stdout).not.toContain(CANARY)
  })

  test.each(GIVING)("%s prints nothing on a screen", async (command) => {
    await using world = await open()
    await world.label("boss")
    const { code, lines } = await atTerminal(command, { home: world.home })
    const screen = lines.join("\n")
    expect([code, screen.includes(CANARY), screen.includes("into a pipe")]).toEqual([
      2,
      false,
      true,
    ])
  })

  test("export changes no file, not even where there is none, and makes none", async () => {
    await using world = await open()
    await world.label("boss")
    const file = join(world.home, ".aimgr", "secrets.json")
    const before = await readFile(file, "utf8")
    const document = await world.json<{ kind: string; accounts: object }>(
      "internal export --provider openai-codex",
    )
    expect([document.kind, Object.keys(document.accounts)]).toEqual(["aim.export.v1", ["boss"]])
    expect(await readFile(file, "utf8")).toBe(before)
    const failed = await world.json<{ error: { code: string } }>(
      "internal export --provider anthropic --state nowhere.json",
      1,
    )
    expect(failed.error.code).toBe("state_missing")
    expect(await Bun.file(join(world.home, "nowhere.json")).exists()).toBe(false)
  })

  test("a payload that is too large, or no text, is refused before it is read", async () => {
    await using world = await open()
    await world.label("boss")
    const stdin = "x".repeat(9 * 1024 * 1024)
    const { code, stdout } = await world.aim("internal apply-codex-promotion", { stdin })
    expect([code, JSON.parse(stdout).error.code]).toEqual([1, "promotion_too_large"])
  })
})
