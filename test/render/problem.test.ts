import { expect, test } from "bun:test"
import { helpLines } from "../../src/render/help.ts"
import { jsonDocument } from "../../src/render/json.ts"
import { PLAIN } from "../../src/render/layout/frame.ts"
import { problemLines } from "../../src/render/problem.ts"
import { Secret } from "../../src/system/secret.ts"

test("what happened, a blank line, the way out", () => {
  const problem = { code: "x", message: "the file is broken", hint: "aim restore" }
  expect(problemLines(problem, PLAIN)).toEqual([
    "error: the file is broken",
    "",
    "hint: aim restore",
  ])
  expect(problemLines({ code: "x", message: "a\r\nb\u001b[2J" }, PLAIN)).toEqual(["error: a b"])
})

test("nothing in it turns the direction of what is read", () => {
  const problem = { code: "x", message: "/home/\u202egnp.exe", hint: "mv \u2066a\u061c" }
  expect(problemLines(problem, PLAIN)).toEqual([
    "error: /home/\ufffdgnp.exe",
    "",
    "hint: mv \ufffda\ufffd",
  ])
})

test("a document says its form first, once, and keeps secrets", () => {
  expect(jsonDocument({ ok: true, token: new Secret("t") })).toBe(
    '{\n  "schemaVersion": 1,\n  "ok": true,\n  "token": "[redacted]"\n}',
  )
  expect(JSON.parse(jsonDocument({ schemaVersion: 3 }))).toEqual({ schemaVersion: 3 })
})

test("a help page leaves out what it has not", () => {
  const page = { usage: "aim x", summary: "do x", details: [], example: "aim x" }
  const sections = [
    [
      "flags",
      [
        ["--a <b>", "an a"],
        ["--longer", ""],
      ],
    ],
    ["empty", []],
  ] as const
  expect(`\n${helpLines({ ...page, sections }).join("\n")}\n`).toMatchInlineSnapshot(`
    "
    usage: aim x

    do x

    flags:
      --a <b>   an a
      --longer

    example:
      aim x
    "
  `)
})
