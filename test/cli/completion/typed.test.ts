import { describe, expect, test } from "bun:test"
import { typedInBash } from "../../../src/cli/completion/typed.ts"

describe("bash's line is cut as bash cuts it", () => {
  test.each<[line: string, before: string[], current: string]>([
    ["aim ", [], ""],
    ["aim", [], "aim"],
    ["aim st", [], "st"],
    ["aim codex  use ", ["codex", "use"], ""],
    ["aim --home /tmp/my\\ home codex u", ["--home", "/tmp/my home", "codex"], "u"],
    ["aim --home '/tmp/my home' codex ", ["--home", "/tmp/my home", "codex"], ""],
    ['aim --home "/tmp/my \\"home\\"" x', ["--home", '/tmp/my "home"'], "x"],
    ['aim --home "a\\b" x', ["--home", "a\\b"], "x"],
    ["aim --home 'a\\' x", ["--home", "a\\"], "x"],
    ["aim --home it\\'s x", ["--home", "it's"], "x"],
    ["aim --home a'b c'd\"e f\" x", ["--home", "ab cde f"], "x"],
    ["aim '' x", [""], "x"],
    ["aim --home '/tmp/my ho", ["--home"], "/tmp/my ho"],
    ["aim --provider=open", [], "--provider=open"],
    ["aim --home=a:b x", ["--home=a:b"], "x"],
    ["aim $(rm -rf x) `y` $HOME", ["$(rm", "-rf", "x)", "`y`"], "$HOME"],
    ["aim x\\", [], "x"],
    ["", [], ""],
  ])("%j", (line, before, current) => {
    // The program's own name while it is still being typed is no word to complete.
    const typed = typedInBash(line)
    expect(typed).toEqual({ before, current })
  })
})
