import { expect, test } from "bun:test"
import { readdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { openWorld, type World } from "../support/world.ts"
import { binaryPath, cleanEnv } from "./support/run-aim.ts"

/** Types an answer at each question that stands at the end of the screen, one after the other. */
async function typing(world: World, args: string, answers: readonly string[]) {
  const decoder = new TextDecoder()
  let [screen, asked, seen] = ["", 0, 0]
  const child = Bun.spawn([binaryPath("release"), ...args.split(" ")], {
    cwd: world.home,
    env: { ...cleanEnv(world.home), TERM: "xterm", ...world.env },
    timeout: 180_000,
    terminal: {
      cols: 200,
      rows: 60,
      data: (terminal, bytes) => {
        screen += decoder.decode(bytes, { stream: true })
        if (!/(assphrase|again): $/.test(screen) || screen.length === seen) return
        seen = screen.length
        terminal.write(answers[asked++] ?? "\u0004")
      },
    },
  })
  return { code: await child.exited, screen: Bun.stripANSI(screen), asked }
}

const SEALED = "claude export-live --out b.sealed --encrypt"

test("a passphrase is typed twice for a new file, once for an old one, and never shown", async () => {
  await using world = await openWorld([], { claudeAccounts: [{ name: "boss" }] })
  const login = await world.claudeHome("boss")
  const made = await typing(world, SEALED, ["grün wie gras\r", "grün wie gras\r"])
  expect([made.code, made.asked, made.screen]).toEqual([0, 2, expect.stringContaining("encrypted")])
  expect(made.screen).not.toMatch(/gr|\*/)
  const read = "claude import-native boss --in b.sealed"
  const wrong = await typing(world, read, ["grün wie glas\r"])
  expect([wrong.code, wrong.asked, wrong.screen]).toEqual([
    1,
    1,
    expect.stringContaining("does not open with this passphrase"),
  ])
  const right = await typing(world, read, ["grün wie glasx\u007f\u007f\u007f\u007fras\r"])
  expect([right.code, right.screen]).toEqual([0, expect.stringContaining("the login was adopted")])
  expect(right.screen).not.toContain("gras")
  expect((await world.vault()).credentials.anthropic?.boss?.refresh).toBe(login.refreshToken)
  await writeFile(join(world.home, "typed"), "grün wie gras")
  await world.json(`${read} --passphrase-file typed`)
})

test("two that differ, a short one, and none make no file", async () => {
  await using world = await openWorld([], { claudeAccounts: [{ name: "boss" }] })
  await world.claudeHome("boss")
  const cases: [answers: string[], says: string][] = [
    [["long enough\r", "long enougj\r"], "are not the same"],
    [["short\r", "short\r"], "at least 8"],
    [["\r", "\r"], "is empty"],
    [["\u001b"], "no passphrase was typed"],
  ]
  for (const [answers, says] of cases) {
    const { code, screen } = await typing(world, SEALED, answers)
    expect([code, screen]).toEqual([1, expect.stringContaining(says)])
  }
  const stopped = await typing(world, SEALED, ["\u0003"])
  expect(stopped.code).toBe(130)
  expect(await readdir(world.home)).not.toContain("b.sealed")
})
