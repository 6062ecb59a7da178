import { describe, expect, test } from "bun:test"
import { execLine, readExecLine, readWords, unitWord } from "../../src/schedule/systemd-words.ts"
import { ODD_PATHS } from "../support/schedule/job.ts"

describe("a word of a unit", () => {
  test.each([
    ["/opt/aim/bin/aim", "/opt/aim/bin/aim"],
    ["/opt/my own/aim", '"/opt/my own/aim"'],
    ["100%", '"100%%"'],
    ['say "so"', '"say \\"so\\""'],
    ["a\\b", '"a\\\\b"'],
    ["", '""'],
    ["日本", '"日本"'],
    ["it's", '"it\'s"'],
  ])("%s", (text, word) => expect(unitWord(text)).toBe(word))

  test.each(ODD_PATHS)("%s are read back as they were", (_what, path) => {
    expect(readWords(`${unitWord(path)} ${unitWord("x")}`)).toEqual([path, "x"])
  })
})

describe("a command line", () => {
  test("doubles dollars in the words, not in the program's path", () => {
    expect(execLine(["/opt/$a/aim", "--home", "/h/$b"])).toBe('"/opt/$a/aim" --home "/h/$$b"')
  })

  test("starts a program that systemd would not take through a shell", () => {
    expect(execLine(["/opt/it's/aim", "status"])).toBe(
      '/bin/sh -c "exec \\"$$0\\" \\"$$@\\"" "/opt/it\'s/aim" status',
    )
  })

  test.each(ODD_PATHS)("with %s is read back as it was", (_what, path) => {
    const argv = [`${path}/aim`, "codex", "watch", "--home", path]
    expect(readExecLine(execLine(argv))).toEqual(argv)
  })
})
