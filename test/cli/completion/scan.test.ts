import { expect, test } from "bun:test"
import type { ArgsDef } from "citty"
import { scan } from "../../../src/cli/completion/scan.ts"

const ARGS: ArgsDef = {
  label: { type: "positional" },
  home: { type: "string" },
  kind: { type: "enum", options: ["a", "b"] },
  yes: { type: "boolean", alias: "y" },
}

test.each<
  [line: string, flags: Record<string, string | true>, words: string[], waiting: string | null]
>([
  ["", {}, [], null],
  ["one two", {}, ["one", "two"], null],
  ["--home x one", { home: "x" }, ["one"], null],
  ["--home=x one", { home: "x" }, ["one"], null],
  ["--home= one", { home: "" }, ["one"], null],
  ["one --home", {}, ["one"], "home"],
  ["--kind", {}, [], "kind"],
  ["--home --yes one", { home: "", yes: true }, ["one"], null],
  ["-y one", { yes: true }, ["one"], null],
  ["--bogus one", {}, ["one"], null],
  ["--home - one", { home: "-" }, ["one"], null],
  ["--home x --home", { home: "x" }, [], "home"],
])("%j", (line, flags, words, waiting) => {
  const read = scan(line.split(" ").filter(Boolean), ARGS)
  expect({ ...read, flags: Object.fromEntries(read.flags) }).toEqual({ flags, words, waiting })
})
