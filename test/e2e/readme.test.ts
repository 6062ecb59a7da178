import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { cutAtDashes } from "../../src/cli/cut.ts"
import { fence } from "../../src/cli/fence.ts"
import { findCommand } from "../../src/cli/find-command.ts"
import { COMMANDS, commandAt } from "../../src/cli/table/table.ts"
import { type KeptDemo, keptDemo } from "./support/kept-demo.ts"

const ROOT = join(import.meta.dir, "../..")
const README = await readFile(join(ROOT, "README.md"), "utf8")

/** The lines of all fenced blocks whose first line says exactly this. */
function blocks(info: string): string[] {
  const found = [...README.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)]
  return found
    .filter(([, said]) => said === info)
    .flatMap(([, , body = ""]) => body.split("\n"))
    .filter((line) => line.trim() !== "")
}

/** The words behind `aim`, without a comment, a pipe, a file, and the shell's quotes. */
function aimWords(line: string): string[] | null {
  const [command = ""] = line.split(/\s+#|\s[|>]\s/)
  const words = command.trim().split(/\s+/)
  return words[0] === "aim" ? words.slice(1).map((word) => word.replaceAll('"', "")) : null
}

const typed = [...blocks("sh"), ...blocks("sh demo")].flatMap((line) => aimWords(line) ?? [])
const lines = [...blocks("sh"), ...blocks("sh demo")].filter((line) => aimWords(line) !== null)

/** Commands in running text, `<label>` and the like being as good as any word. */
const spoken = [...README.replace(/^```[\s\S]*?^```$/gm, "").matchAll(/`(aim [^`\n]+)`/g)]
  .map(([, command = ""]) => command)
  .filter((command) => !/^aim (help|login)\b|codex use <label>/.test(command))

describe("the README", () => {
  test("has commands to check", () => {
    expect(typed.length).toBeGreaterThan(20)
    expect(spoken.length).toBeGreaterThan(5)
  })

  test.each([...new Set([...lines, ...spoken])])("`%s` is a command line of aim", async (line) => {
    const { before, after } = cutAtDashes(aimWords(line) ?? [])
    const { path: found, tokens } = findCommand(before)
    // A label's name alone is `aim login` with it.
    const path = found === "" && tokens[0] === "boss" ? "login" : found
    const row = commandAt(path)
    if (row === undefined) throw new Error(`no command: ${line}`)
    const { default: command } = await row.load()
    // In running text a command may be named without its operands.
    const named = spoken.includes(line) && tokens.every((token) => token.startsWith("--"))
    const needed = Object.values(command.args).filter(
      (arg) => arg.type === "positional" && arg.required !== false,
    )
    const operands = named ? needed.map(() => "x") : after
    expect(() => fence(path, command, tokens, operands)).not.toThrow()
  })

  test.each(COMMANDS.map(({ path }) => path))("names `aim %s` with an example", (path) => {
    const examples = lines.map((line) => (aimWords(line) ?? []).join(" "))
    expect(examples.some((words) => `${words} `.startsWith(`${path} `))).toBe(true)
  })

  test("names no file of the repository that is not there", async () => {
    const links = [...README.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(([, path = ""]) => path)
    expect(links).toContain("CHANGELOG.md")
    for (const path of links) expect(await Bun.file(join(ROOT, path)).exists()).toBe(true)
  })
})

describe("in the demo's sandbox", () => {
  let demo: KeptDemo
  let tools: string
  beforeAll(async () => {
    demo = await keptDemo()
    tools = join(demo.temp, "tools")
    await mkdir(tools)
    const jq = join(import.meta.dir, "support/jq.ts")
    await writeFile(join(tools, "jq"), `#!/bin/sh\nexec '${process.execPath}' '${jq}' "$@"\n`)
    await chmod(join(tools, "jq"), 0o755)
  })
  afterAll(() => demo[Symbol.asyncDispose]())

  test.each(blocks("sh demo"))("`%s` works", async (line) => {
    // Bash's pipefail is not there in every sh: a failing aim would hide behind jq.
    const { code, stdout, stderr } = await demo.shell(`PATH='${tools}':"$PATH"\n${line}`)
    expect(stderr).toBe("")
    expect(code).toBe(0)
    expect(stdout.trim()).not.toBe("")
    expect(stdout).not.toMatch(/"ok": false|^(null|undefined)$/m)
  })

  test("the demo prints what the README says it prints", () => {
    const story = demo.story.split("\n").map((line) => timeless(line))
    const excerpt = blocks("text")
    expect(excerpt.length).toBeGreaterThan(10)
    const missing = excerpt.filter((line) => !story.includes(timeless(line)))
    expect(missing).toEqual([])
  })
})

/** A line without what differs from run to run: the sandbox's path, times, and their widths. */
function timeless(line: string): string {
  return line
    .replaceAll(/\S*\/aim-demo-\w+/g, "~")
    .replaceAll(/\b\d+[smhd](\d+[smh])?\b/g, "T")
    .replaceAll(/\s+/g, " ")
    .trimEnd()
}
