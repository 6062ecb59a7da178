import { expect, test } from "bun:test"
import { SHELLS } from "../../src/domain/shell.ts"
import { completionLines } from "../../src/render/completion-lines.ts"

const FOUND = [
  { value: "--all", note: "what: it \\ does\u001b[31m\nno" },
  { value: "a:b\\c", note: "" },
]

test("zsh and fish get what is said of each word, and nothing that breaks a line", () => {
  expect(completionLines("zsh", FOUND, "-")).toEqual([
    "words",
    "--all:what: it \\ does\ufffdno",
    "a\\:b\\\\c:",
  ])
  expect(completionLines("fish", FOUND, "x")).toEqual([
    "words",
    "--all\twhat: it \\ does\ufffdno",
    "a:b\\c\t",
  ])
})

test("bash gets only what goes on from the word", () => {
  expect(completionLines("bash", FOUND, "--a")).toEqual(["words", "--all"])
  expect(completionLines("bash", FOUND, "x")).toEqual([])
})

test.each([...SHELLS])("%s is told to complete a path itself, or nothing", (shell) => {
  expect(completionLines(shell, "dirs", "x")).toEqual(["dirs"])
  expect(completionLines(shell, "files", "x")).toEqual(["files"])
  expect(completionLines(shell, [], "")).toEqual([])
})
