import { describe, expect, test } from "bun:test"
import { AS_IS, addressDocument, addressOf } from "../../src/cli/address.ts"

const flags = (given: Record<string, string>) => new Map(Object.entries(given))

describe("a command in a way out", () => {
  const address = addressOf(flags({ home: "/box" }))

  test.each([
    ["aim why", "aim --home /box why"],
    [
      "`aim codex use --adopt <label>` or `aim why`",
      "`aim --home /box codex use --adopt <label>` or `aim --home /box why`",
    ],
    ["run it, then: aim refresh boss", "run it, then: aim --home /box refresh boss"],
    [
      "\u001b[36mhint:\u001b[39m \u001b[1maim status\u001b[0m",
      "\u001b[36mhint:\u001b[39m \u001b[1maim --home /box status\u001b[0m",
    ],
    ["(aim account enable qa)", "(aim --home /box account enable qa)"],
    ["codex login && aim codex capture qa", "codex login && aim --home /box codex capture qa"],
  ])("%s", (text, addressed) => {
    expect(address(text)).toBe(addressed)
    expect(address(addressed)).toBe(addressed)
  })

  test.each([
    "use a newer aim",
    "the aim statuses of others",
    "aim keeps them apart by user",
    "claim status",
    "/usr/bin/aim status",
    "~/.codex/auth.json",
  ])("%s is none", (text) => {
    expect(address(text)).toBe(text)
  })

  test("paths are quoted for the shell", () => {
    const quoted = addressOf(flags({ home: "/my $box's", state: "/a b" }))
    expect(quoted("aim why")).toBe("aim --home '/my $box'\\''s' --state '/a b' why")
  })

  test("nothing is added where nothing was chosen", () => {
    expect(addressOf(flags({ json: "x" }))).toBe(AS_IS)
  })
})

test("of a document only the ways out are addressed", () => {
  const address = addressOf(flags({ state: "/s" }))
  const document = {
    hint: "aim why",
    detail: "aim why",
    none: null,
    rows: [{ mend: "aim refresh a", operator: { actionRequired: "aim status" }, n: 1 }],
  }
  expect(addressDocument(document, address)).toEqual({
    hint: "aim --state /s why",
    detail: "aim why",
    none: null,
    rows: [
      {
        mend: "aim --state /s refresh a",
        operator: { actionRequired: "aim --state /s status" },
        n: 1,
      },
    ],
  })
})
