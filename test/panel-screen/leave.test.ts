import { describe, expect, test } from "bun:test"
import { existsSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Screen } from "../support/screen.ts"
import { tempFolder } from "../support/temp-folder.ts"
import { promptsScreen } from "./support/prompts-screen.ts"

const HINT = "Esc leaves."
const ASKS = "New name:"

/**
 * Runs the prompts from a script that tells the terminal's mode before and after. An interactive
 * bash mends the mode when a program has died, and would prove nothing; a script does not.
 */
async function askedInScript(screen: Screen, names: string): Promise<void> {
  const script = join(tempFolder("leave"), "script")
  const lines = [
    "trap : INT HUP TERM",
    "echo before $(stty -g | cksum)",
    `$PROMPTS ${names}`,
    "echo code $?",
    "echo after $(stty -g | cksum)",
  ]
  writeFileSync(script, lines.join("\n"))
  await screen.run(`clear; sh ${script}`)
}

/** The exit code, once the script has said that the mode is what it was. */
async function codeAfter(screen: Screen): Promise<string | undefined> {
  const picture = await screen.shows(/^after \d+.*\n\$>$/m)
  const said = (word: string) => new RegExp(`^${word} (\\d+)`, "m").exec(picture)?.[1]
  expect(said("after")).toBe(said("before") ?? "nothing was said")
  return said("code")
}

/** The pid of the program that asks. */
async function askingPid(screen: Screen): Promise<number> {
  const shell = await screen.fact("pane_pid")
  const tree = Bun.spawnSync(["ps", "-eo", "pid=,ppid=,args="]).stdout.toString()
  const rows = tree.split("\n").map((line) => line.trim().split(/\s+/))
  const below = (pid: string): string[] =>
    rows.filter((row) => row[1] === pid).flatMap((row) => [row[0] ?? "", ...below(row[0] ?? "")])
  const pid = below(shell).find((candidate) =>
    rows.some((row) => row[0] === candidate && row[3]?.endsWith("prompts.ts")),
  )
  return Number(pid)
}

describe("the terminal is as it was", () => {
  test.each([
    ["choose", HINT, ["1"], "0"],
    ["choose", HINT, ["Escape"], "0"],
    ["choose", HINT, ["C-c"], "130"],
    ["choose", HINT, ["C-d"], "0"],
    ["ask", ASKS, ["a", "Enter"], "0"],
    ["ask", ASKS, ["a", "C-c"], "130"],
    ["throw", "Break?", ["Enter"], "1"],
  ])("after %s (%s) and %p, code %s", async (names, asks, keys, code) => {
    await using screen = await promptsScreen({ rows: 60 })
    await askedInScript(screen, names)
    await screen.shows(asks)
    await screen.press(...keys)
    expect(await codeAfter(screen)).toBe(code)
  })

  test.each([
    ["SIGTERM", "143"],
    ["SIGHUP", "129"],
    ["SIGINT", "130"],
  ] as const)("after %s, code %s", async (signal, code) => {
    await using screen = await promptsScreen({ rows: 60 })
    await askedInScript(screen, "choose")
    await screen.shows(HINT)
    process.kill(await askingPid(screen), signal)
    expect(await codeAfter(screen)).toBe(code)
  })

  test("after ctrl-C while something is waited for, whose line is gone", async () => {
    await using screen = await promptsScreen({ rows: 60 })
    await askedInScript(screen, "hang")
    await screen.shows(/\d s of at most/)
    await screen.press("C-c")
    expect(await codeAfter(screen)).toBe("130")
    expect(await screen.picture()).not.toContain("at most")
  })
})

test("ctrl-C leaves what was typed so far where it is, and the prompt below it", async () => {
  await using screen = await promptsScreen()
  await screen.run("prompts ask")
  await screen.shows(ASKS)
  await screen.type("half")
  await screen.shows("New name: half")
  await screen.press("C-c")
  await screen.prompt()
  await screen.run("echo typed")
  const picture = await screen.shows(/^typed$/m)
  expect(picture).toContain("New name: half\n")
})

test.each([
  ["choose", HINT, "Escape"],
  ["choose", HINT, "C-c"],
  ["ask", ASKS, "Enter"],
])("after %s (%s) and %s no paste is put between brackets", async (names, asks, key) => {
  await using screen = await promptsScreen()
  const script = join(tempFolder("leave"), "script")
  writeFileSync(script, `trap : INT\n$PROMPTS ${names}\necho paste\nread -r got\necho "got $got"`)
  await screen.run(`clear; sh ${script}`)
  await screen.shows(asks)
  await screen.press(key)
  await screen.shows(/^paste$/m)
  await screen.paste("this\n")
  await screen.shows(/^got this$/m)
})

test.each([
  ["choose", HINT, "Down", "❯ 2"],
  ["ask", ASKS, "x", "New name: x"],
])(
  "ctrl-Z stops %s with the terminal restored, fg draws it anew",
  async (names, asks, key, shown) => {
    await using screen = await promptsScreen()
    // Unlike bash, dash leaves the terminal's mode as it finds it.
    await screen.run("clear; dash -i")
    await screen.run(`clear; $PROMPTS ${names}`)
    await screen.shows(asks)
    await screen.press(key)
    await screen.shows(shown)
    await screen.press("C-z")
    await screen.shows("Stopped")
    await screen.prompt()
    await screen.run("clear; echo typed")
    await screen.shows(/^typed$/m)
    await screen.run("clear; fg")
    await screen.shows((picture) => picture.includes(shown) && !picture.includes("$>"))
    await screen.press("Enter")
    await screen.shows('=> "end"')
  },
)

test.each([
  ["choose", HINT],
  ["ask", ASKS],
])("%s ends with its terminal, even where no hang-up reaches it", async (names, asks) => {
  const screen = await promptsScreen()
  await screen.run(`trap '' HUP; prompts ${names}`)
  await screen.shows(asks)
  await screen.type("h")
  await screen.shows(/`h` is none|New name: h/)
  const pid = await askingPid(screen)
  await screen[Symbol.asyncDispose]()
  const end = performance.now() + 60_000
  while (existsSync(`/proc/${pid}`) && performance.now() < end) await Bun.sleep(40)
  const isThere = existsSync(`/proc/${pid}`)
  if (isThere) process.kill(pid, "SIGKILL")
  expect(isThere).toBe(false)
})
