import { expect, test } from "bun:test"
import { EMPTY_DOCUMENT, type QuarantineEntry } from "../../../src/domain/document.ts"
import { legacyWarnings } from "../../../src/operations/status/legacy-warnings.ts"

const entry = (reason: string): QuarantineEntry => ({
  id: "ab12",
  at: "2026-01-01T00:00:00.000Z",
  provider: "openai-codex",
  label: null,
  reason,
  identity: "unknown",
  credential: {},
})

const warningOf = (accounts: object, reasons: string[]) =>
  legacyWarnings({
    ...EMPTY_DOCUMENT,
    unconverted: { accounts },
    quarantine: reasons.map(entry),
  })

test.each([
  [[], "add them as new labels; then delete `unconverted` from the state file"],
  [["conflict"], "add them as new labels; then delete `unconverted` from the state file"],
  [
    ["legacy_label"],
    "aim quarantine list shows the login to adopt; then delete `unconverted` from the state file",
  ],
  [
    ["legacy_label", "conflict", "legacy_label"],
    "aim quarantine list shows the logins to adopt; then delete `unconverted` from the state file",
  ],
])(
  "accounts whose names are no labels are named, with the way out (%p in quarantine)",
  (reasons, hint) => {
    expect(warningOf({ "Old Boss": {}, "Q!": {} }, reasons)).toEqual([
      {
        kind: "legacy_accounts_unconverted",
        accounts: ["Old Boss", "Q!"],
        detail:
          "the old state file has accounts whose names are no labels: `Old Boss`, `Q!`; they are kept under `unconverted`",
        hint,
      },
    ])
  },
)

test("a name of any length takes one line at most", () => {
  const [warning] = warningOf({ ["x".repeat(90)]: {} }, [])
  expect(warning?.accounts).toEqual(["x".repeat(40)])
})

test("a file without such accounts has no warning", () => {
  expect(warningOf({}, ["legacy_label"])).toEqual([])
  expect(legacyWarnings(EMPTY_DOCUMENT)).toEqual([])
})
