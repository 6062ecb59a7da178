import { describe, expect, test } from "bun:test"
import { AS_IS } from "../../src/cli/address.ts"
import { type AimCommand, defineAimCommand } from "../../src/cli/command.ts"
import { cutAtDashes } from "../../src/cli/cut.ts"
import { editDistance } from "../../src/cli/distance.ts"
import { fence } from "../../src/cli/fence.ts"
import { findCommand } from "../../src/cli/find-command.ts"
import { nearestCommand } from "../../src/cli/nearest.ts"
import { COMMANDS, commandAt, GROUPS, groupAt, isCommand } from "../../src/cli/table/table.ts"
import { SILENT } from "../../src/domain/conversation.ts"
import { COMMAND_WORDS } from "../../src/domain/label.ts"
import { PLAIN } from "../../src/render/layout/frame.ts"

const homes = { userHome: "/h", sandboxed: false, stateFile: "/h/s", env: {}, cwd: "/h" }
const context = { homes, address: AS_IS, json: false, conversation: SILENT, render: PLAIN }

/** A command that answers with what citty made of its arguments. */
const echo = defineAimCommand({
  meta: { example: "aim status" },
  args: {
    label: { type: "positional" },
    more: { type: "positional", required: false },
    all: { type: "boolean" },
    "no-open": { type: "boolean" },
    "source-home": { type: "string" },
    yes: { type: "boolean", alias: "y" },
    kind: { type: "enum", options: ["a", "b"], default: "a" },
  },
  run: (_context, args) => {
    const { label, more, all, yes, kind } = args
    return Promise.resolve({
      text: [],
      exit: 0,
      json: { label, more, all, yes, kind, home: args["source-home"], noOpen: args["no-open"] },
    })
  },
})

async function understood(command: AimCommand, line: readonly string[]) {
  const { before, after } = cutAtDashes(line)
  const call = fence("status", command, before, after)
  const output = await command.invoke(call.rawArgs, context)
  return "json" in output ? output.json : null
}

describe("citty reads what the fence passes on", () => {
  test.each([
    [["boss"], { label: "boss", kind: "a" }],
    [["boss", "--all", "-y"], { label: "boss", all: true, yes: true, kind: "a" }],
    [["--source-home", "/x", "boss", "qa"], { label: "boss", more: "qa", home: "/x", kind: "a" }],
    [["--source-home=-x=y", "boss"], { label: "boss", home: "-x=y", kind: "a" }],
    [["--kind=b", "boss"], { label: "boss", kind: "b" }],
    [["--home", "/x", "boss", "--json"], { label: "boss", kind: "a" }],
    [["--all", "--", "--yes", "-y"], { label: "--yes", more: "-y", all: true, kind: "a" }],
    [["--no-open", "boss"], { label: "boss", noOpen: true, kind: "a" }],
    [["-"], { label: "-", kind: "a" }],
    [["__proto__", "constructor"], { label: "__proto__", more: "constructor", kind: "a" }],
  ])("%p", async (line, meaning) => {
    expect(JSON.parse(JSON.stringify(await understood(echo, line)))).toEqual(meaning)
  })
})

describe("the way to a command", () => {
  test.each([
    ["codex use --next", "codex use", ["--next"]],
    ["--home x codex --json use", "codex use", ["--home", "x", "--json"]],
    ["--home=x codex use boss", "codex use", ["--home=x", "boss"]],
    ["--home codex use", "", ["--home", "codex", "use"]],
    ["--bogus codex use", "", ["--bogus", "codex", "use"]],
    ["codex nope", "codex", ["nope"]],
    ["status codex", "status", ["codex"]],
  ])("%s", (line, path, tokens) => {
    expect(findCommand(line.split(" "))).toEqual({ path, tokens })
  })
})

describe("the table", () => {
  test("prototype words are words like any other", () => {
    for (const word of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
      expect(commandAt(word)).toBeUndefined()
      expect(groupAt(word)).toBeUndefined()
      const near = nearestCommand(word) ?? "status"
      expect(commandAt(near) ?? groupAt(near)).toBeDefined()
    }
  })

  test.each([
    ["stauts", "status"],
    ["capture", "codex capture"],
    ["account lst", "account list"],
    ["codex watch", "codex watch"],
    ["hermes", undefined],
    ["exorbitant", undefined],
  ])("the nearest to %s is %p", (typed, near) => {
    expect(nearestCommand(typed)).toBe(near)
  })

  test("every first word is one that no new label may take", () => {
    const first = [...COMMANDS, ...GROUPS].map(({ path }) => path.split(" ")[0] ?? "")
    expect(first.filter((word) => !(COMMAND_WORDS as readonly string[]).includes(word))).toEqual([])
  })

  test("every command stands in a group, or under a command, that exists", () => {
    const groups = COMMANDS.map(({ path }) => path.split(" ").slice(0, -1).join(" ")).filter(
      Boolean,
    )
    expect(groups.filter((path) => groupAt(path) === undefined && !isCommand(path))).toEqual([])
  })

  test.each(COMMANDS.map((row) => [row.path, row] as const))(
    "%s has an example that passes",
    async (path, row) => {
      const { default: command } = await row.load()
      const [program, ...words] = (command.meta.example.split(" | ")[0] ?? "").split(" ")
      const { path: found, tokens } = findCommand(words)
      expect([program, found]).toEqual(["aim", path])
      expect(fence(path, command, tokens, []).rawArgs).toBeArray()
    },
  )
})

test.each([
  ["", "", 0],
  ["a", "", 1],
  ["stauts", "status", 1],
  ["use", "used", 1],
  ["kitten", "sitting", 3],
])("%p to %p takes %d edits", (a, b, edits) => expect(editDistance(a, b)).toBe(edits))
