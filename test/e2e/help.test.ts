import { describe, expect, test } from "bun:test"
import { COMMANDS, GROUPS } from "../../src/cli/table/table.ts"
import { runAim } from "./support/run-aim.ts"

const PAGES = [...COMMANDS, ...GROUPS].map(({ path, summary }) => [path, summary] as const)

describe("every command and group has a page", () => {
  test.each(PAGES)("aim help %s", async (path, summary) => {
    const words = path.split(" ")
    const page = await runAim(["help", ...words])
    expect({ code: page.code, stderr: page.stderr }).toEqual({ code: 0, stderr: "" })
    expect(page.stdout).toStartWith(`usage: aim ${path}`)
    expect(page.stdout).toContain(summary)
    expect(page.stdout).toMatch(/\nexample:\n {2}aim .+\n$/)
    // Plain letters in lines that fit: no colours, no boxes, no umlauts.
    expect(page.stdout).toMatch(/^[\x20-\x7e\n]*$/)
    expect(Math.max(...page.stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80)
    expect((await runAim([...words, "--help"])).stdout).toBe(page.stdout)
    expect((await runAim(["-h", ...words])).stdout).toBe(page.stdout)
  })
})

describe("help stands over everything before a bare `--`", () => {
  test.each([
    ["codex use --bogus --help", "codex use"],
    ["codex use boss -h", "codex use"],
    ["codex -h use", "codex use"],
    ["codex bogus --help", "codex"],
  ])("aim %s", async (line, path) => {
    const { code, stdout } = await runAim(line.split(" "))
    expect(code).toBe(0)
    expect(stdout).toStartWith(`usage: aim ${path} `)
  })

  test("and is a document where JSON is asked for", async () => {
    const asked = await runAim(["--json", "codex", "use", "--help"])
    expect(asked.json()).toMatchObject({ ok: true, help: { usage: "aim codex use [flags]" } })
    expect((await runAim(["help", "codex", "--json"])).json()).toMatchObject({ ok: true })
  })

  test("and behind it means nothing", async () => {
    expect((await runAim(["status", "--", "--help"])).code).toBe(2)
    expect((await runAim(["--", "--help"])).code).toBe(2)
    expect((await runAim(["--", "--version"])).code).toBe(2)
  })
})

describe("aim itself", () => {
  test("without words shows its page, every command on it", async () => {
    const { code, stdout } = await runAim([])
    expect(code).toBe(0)
    for (const { path } of COMMANDS) expect(stdout).toContain(`\n  ${path} `)
    expect((await runAim(["--help"])).stdout).toBe(stdout)
    expect((await runAim(["help"])).stdout).toBe(stdout)
    expect((await runAim(["bogus", "--help"])).stdout).toBe(stdout)
  })

  test("says its version", async () => {
    const { version } = await Bun.file(`${import.meta.dir}/../../package.json`).json()
    expect(await runAim(["--version"])).toMatchObject({ code: 0, stdout: `aim ${version}\n` })
    expect(await runAim(["--no-color", "--version"])).toMatchObject({ stdout: `aim ${version}\n` })
    expect((await runAim(["--version", "--json"])).json()).toEqual({ schemaVersion: 1, version })
  })
})
