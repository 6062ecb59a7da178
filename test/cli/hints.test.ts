import { describe, expect, test } from "bun:test"
import { join } from "node:path"
import type { AimCommand } from "../../src/cli/command.ts"
import { findCommand } from "../../src/cli/find-command.ts"
import { cutFlag, flagNamed } from "../../src/cli/flags.ts"
import { GLOBAL_FLAGS } from "../../src/cli/global-flags.ts"
import { COMMANDS, commandAt, isCommand, isGroup } from "../../src/cli/table/table.ts"
import { literalsOf } from "../support/architecture/literals.ts"
import { readTree } from "../support/architecture/tree.ts"

/** Words behind `aim` that are no commands: aim itself is who does something there. */
const VERBS =
  /^(can't|couldn't|failed|is|keeps|knows|leaves|made|makes|needs|runs|tells|was|writes)$/

const FIRST = new Set(COMMANDS.map(({ path }) => path.split(" ")[0] ?? ""))

/** What a text tells its reader to type: behind `aim` at its begin, in quotes, or after a colon. */
function commandsIn(text: string): string[] {
  const spoken = [...text.matchAll(/(^|[`"(]|: |&& |\bor |\bsee )aim ((?!<)\S[^`"]*)/g)]
  const told = spoken.map(([, , words = ""]) => words)
  const known = [...text.matchAll(/\baim (\S+[^`"]*)/g)].map(([, words = ""]) => words)
  const named = known.filter((words) => FIRST.has(words.split(/[\s,;:.]/)[0] ?? ""))
  return [...new Set([...told, ...named])].filter((words) => !VERBS.test(words.split(" ")[0] ?? ""))
}

/** What is wrong with the command that these words begin with; prose may follow it. */
async function faultIn(words: string): Promise<string | null> {
  const tokens =
    words
      .split(/[;,)]|\.(?=\s|$)| && | \| /)[0]
      ?.split(/\s+/)
      .filter(Boolean) ?? []
  if (["--help", "--version"].includes(tokens[0] ?? "")) return null
  if (tokens[0] === "help") return unknownPage(tokens.slice(1))
  const { path, tokens: rest } = findCommand(tokens)
  const row = commandAt(path)
  // What only the run knows: `aim --home <…> <…>`.
  if (path === "" && rest.every((word) => /^(--\w+|<…>)$/.test(word))) return null
  if (row === undefined) return path === "" ? "no such command" : `only the group \`${path}\``
  return wrongWord((await row.load()).default, rest)
}

/** A word that only the run knows may name any command. */
function unknownPage(words: readonly string[]): string | null {
  const path: string[] = []
  for (const word of words) {
    if (word === "<…>" || word === "…") return null
    if (!isCommand([...path, word].join(" ")) && !isGroup([...path, word].join(" "))) break
    path.push(word)
  }
  return path.length > 0 ? null : `no page \`${words.join(" ")}\``
}

/** Flags must be the command's, placeholders must have a place; the first other word ends it. */
function wrongWord({ args, meta }: AimCommand, rest: readonly string[]): string | null {
  let places = Object.values(args).filter(({ type }) => type === "positional").length
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? ""
    if (word.startsWith("-")) {
      const { name, value } = cutFlag(word.replace(/[:?]$/, ""))
      const flag = flagNamed({ ...GLOBAL_FLAGS, ...args }, name)
      if (flag === null) return `no flag ${name}`
      if (flag.takesValue && value === null) at++
    } else if (/^<.*>$/.test(word)) {
      // A command may have an answer to a word too many.
      if (--places < 0 && meta.extraWord === undefined) return `no place for ${word}`
    } else return null
  }
  return null
}

describe("what is a command in a text", () => {
  test.each([
    ["aim refresh <label>", null],
    ["run `aim codex use --next`, or wait", null],
    ["see aim codex show, then run the command again", null],
    ["aim help account expect", null],
    ["log in first: x && aim codex capture <…> --source-home <…>", null],
    ["aim quarantine list shows <…> to adopt", null],
    ["aim frobnicate", "no such command"],
    ["`aim codex us --next`", "only the group `codex`"],
    ["`aim codex`", "only the group `codex`"],
    ["aim codex use --nxt", "no flag --nxt"],
    ["aim status <label>", "no place for <label>"],
    ["`aim help codx use`", "no page `codx use`"],
  ])("%s: %p", async (text, fault) => {
    const faults = await Promise.all(commandsIn(text).map(faultIn))
    expect(faults).toEqual([fault])
  })

  test.each(["another aim holds the lock", "aim can't talk to it", "`aim` itself", "an aim <x>"])(
    "%s: nothing",
    (text) => expect(commandsIn(text)).toEqual([]),
  )
})

const SOURCES = [...readTree(join(import.meta.dir, "../.."), ["src"])].filter(
  ([path]) => !path.startsWith("src/simulator/"),
)
const TOLD = SOURCES.flatMap(([path, source]) =>
  literalsOf(source).flatMap(({ line, text }) =>
    commandsIn(text).map((words) => ({ place: `${path}:${line}`, words })),
  ),
)

test("every command that aim tells people to type exists, with its flags", async () => {
  expect(TOLD.length).toBeGreaterThan(60)
  const faults: string[] = []
  for (const { place, words } of TOLD) {
    const fault = await faultIn(words)
    if (fault !== null) faults.push(`${place}: aim ${words}: ${fault}`)
  }
  expect(faults).toEqual([])
})
