import { describe, expect, test } from "bun:test"
import { runAim } from "./support/run-aim.ts"

const words = (line: string) => line.split(" ").filter((word) => word !== "")

describe("a wrong word is exit 2 with the nearest command", () => {
  test.each([
    ["stauts", "aim status"],
    ["capture", "aim codex capture"],
    ["codex ues", "aim codex use"],
    ["acount list", "aim account"],
    ["help codex ues", "aim codex use"],
    ["-- status", "aim status"],
    ["codex -- use", "aim codex use"],
  ])("aim %s", async (line, nearest) => {
    const { code, stdout, stderr } = await runAim(words(line))
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" })
    expect(stderr).toContain("is not a command\n\nhint: the nearest is `")
    expect(stderr).toContain(nearest)
  })

  test.each([
    ["exorbitant", "aim --help"],
    ["constructor", "aim --help"],
    ["__proto__", "aim --help"],
    ["codex bogus", "aim help codex"],
    ["codex hasOwnProperty", "aim help codex"],
  ])("aim %s, which nothing is near to, gets the list", async (line, list) => {
    const { code, stdout, stderr } = await runAim(words(line))
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" })
    expect(stderr).toContain(`is not a command\n\nhint: \`${list}\` lists them all`)
  })
})

describe("flags are strict", () => {
  test.each([
    ["status --bogus 3", "unknown_flag", "has no flag `--bogus`"],
    ["status -j", "unknown_flag", "has no flag `-j`"],
    ["status --no-json", "unknown_flag", "has no flag `--no-json`"],
    ["status --Live", "unknown_flag", "has no flag `--Live`"],
    ["codex use --dryRun", "unknown_flag", "has no flag `--dryRun`"],
    ["codex use --dryrun", "unknown_flag", "has no flag `--dryrun`"],
    ["--live status", "unknown_flag", "`aim` has no flag `--live`"],
    ["status --version", "unknown_flag", "has no flag `--version`"],
    ["status --home", "missing_value", "`--home` needs a value"],
    ["status --home=", "missing_value", "`--home` needs a value"],
    ["status --home --json", "missing_value", "`--home` needs a value"],
    ["codex capture boss --source-home --state x", "missing_value", "`--source-home` needs"],
    ["status --live=yes", "unexpected_value", "`--live` takes no value"],
    ["status --live --live", "repeated_flag", "`--live` stands twice"],
    ["--json status --json", "repeated_flag", "`--json` stands twice"],
    ["status --home a --home=b", "repeated_flag", "`--home` stands twice"],
    ["--color status --no-color", "conflicting_flags", "exclude each other"],
    ["account add x --provider acme", "invalid_value", "is one of: openai-codex"],
    ["status extra", "unexpected_argument", "`aim status` takes no `extra`"],
    ["status -- --help", "unexpected_argument", "takes no `--help`"],
    ["account show", "missing_argument", "`aim account show` needs a <label>"],
    ["account rename qa", "missing_argument", "needs a <name>"],
    ["--version status", "unexpected_argument", "`--version` stands alone"],
  ])("aim %s", async (line, errorCode, message) => {
    const asked = line.includes("--json")
    const program = await runAim(words(asked ? line : line.replace(/( -- |$)/, " --json$1")))
    expect(program.code).toBe(2)
    expect(program.stderr).toBe("")
    expect(program.json()).toEqual({
      schemaVersion: 1,
      ok: false,
      error: {
        code: errorCode,
        message: expect.stringContaining(message),
        hint: expect.any(String),
      },
    })
    if (asked) return
    const people = await runAim(words(line))
    expect(people.code).toBe(2)
    expect(people.stderr).toMatch(/^error: .+\n\nhint: .+\n$/)
    expect(people.stderr).toContain(message)
  })

  test("the flag that was meant is named", async () => {
    const { stderr } = await runAim(["codex", "use", "--dryrun"])
    expect(stderr).toEndWith("\n\nhint: did you mean `--dry-run`?\n")
  })

  test("the page that helps is named as it is typed", async () => {
    const { stderr } = await runAim(["--home"])
    expect(stderr).toEndWith("\n\nhint: `aim --help` shows how it is used\n")
  })

  test("an empty word is no label", async () => {
    const { code, stderr } = await runAim(["account", "show", ""])
    expect(code).toBe(2)
    expect(stderr).toContain("empty word")
  })
})

describe("what was removed says what to do instead", () => {
  test.each([["codex use boss"], ["codex use boss --dry-run"], ["codex use -- boss"]])(
    "aim %s",
    async (line) => {
      const run = await runAim(words(line))
      expect(run.code).toBe(2)
      expect(run.json()).toEqual({
        schemaVersion: 1,
        ok: false,
        error: {
          code: "removed",
          message: "`aim codex use <label>` is removed",
          hint: "`aim codex use` chooses, `--next` moves on, `aim account disable` takes a label out",
        },
      })
      expect(run.stderr).toStartWith("error: `aim codex use <label>` is removed\n\nhint: ")
    },
  )
})

describe("what was typed by mistake is not repeated when it may be a token", () => {
  const token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl"
  test.each([[[token]], [["status", token]], [["status", `--${token}`]], [["codex", token]]])(
    "aim %p",
    async (args) => {
      const { code, stdout, stderr } = await runAim(args, { env: { AIM_DEBUG: "1" } })
      expect(code).toBe(2)
      expect(stdout + stderr).not.toContain("eyJ")
      expect(stdout + stderr).not.toContain("c2lnbmF0dXJl")
    },
  )
})
