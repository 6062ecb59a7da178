import { describe, expect, test } from "bun:test"
import { existsSync, mkdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { putAccount } from "../../src/domain/document-edits.ts"
import { AimError } from "../../src/system/errors.ts"
import { openVault } from "../../src/vault/open.ts"
import { referenceState } from "./reference-state.ts"
import { put, stateFile, tempFolder, thrownBy } from "./temp-vault.ts"

const known = { schemaVersion: "0.2" }
const deep = (levels: number) =>
  `{"schemaVersion":"0.2","a":${"[".repeat(levels)}${"]".repeat(levels)}}`

const BAD: [name: string, content: string | Uint8Array | object, code: string, place?: string][] = [
  ["an empty file", "", "state_empty"],
  ["white space", " \n\t\n", "state_empty"],
  ["only a byte-order mark", "\ufeff", "state_empty"],
  [
    "a cut file",
    '{\n  "schemaVersion": "0.2",\n  "x": "CANARY',
    "state_broken",
    "line 3, column 8",
  ],
  ["a bare word", '{"refresh": CANARY}', "state_broken", "line 1, column 13"],
  ["a comma too many", '{"a": "CANARY",}', "state_broken", "line 1, column 16"],
  ["text after the end", '{"a": 1} "CANARY"', "state_broken", "line 1, column 10"],
  ["NUL bytes", "\0".repeat(4096), "state_broken", "line 1, column 1"],
  ["binary", new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0xff, 0xfe, 0x00]), "state_broken"],
  ["UTF-16", new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]), "state_broken"],
  ["a list", '["CANARY"]', "state_not_object", "a list"],
  ["a text", '"CANARY"', "state_not_object", "a text"],
  ["a number", "42", "state_not_object", "a number"],
  ["null", "null", "state_not_object", "null"],
  ["false", "false", "state_not_object", "a boolean"],
  ["50 MB", new Uint8Array(50_000_000).fill(0x20), "state_too_large", "16 MiB"],
  ["deep nesting", deep(100_000), "state_too_deep"],
  [
    "the same key twice",
    '{"schemaVersion":"0.2",\n "x":1,"x":"CANARY"}',
    "state_duplicate_key",
    "line 2, column 8",
  ],
  [
    "the same label twice",
    '{"schemaVersion":"0.2","credentials":{"anthropic":{"a":{"refresh":"CANARY"},"\\u0061":{}}}}',
    "state_duplicate_key",
  ],
  ["no version and no accounts", { version: 1, name: "x" }, "state_unversioned"],
  ["no version, accounts as a list", { version: 1, accounts: [] }, "state_unversioned"],
  ["an empty object", {}, "state_unversioned"],
  ["a newer version", { schemaVersion: "0.3" }, "state_newer"],
  ["a much newer version", { schemaVersion: "12" }, "state_newer"],
  ["a newer patch", { schemaVersion: "0.2.1" }, "state_newer"],
  ["version 0.10", { schemaVersion: "0.10" }, "state_newer"],
  ["an older unknown version", { schemaVersion: "0.0" }, "state_unknown_schema"],
  ["a text as version", { schemaVersion: "CANARY" }, "state_unknown_schema"],
  ["a number as version", { schemaVersion: 0.2 }, "state_unknown_schema"],
  ["null as version", { schemaVersion: null }, "state_unknown_schema"],
  ["accounts as a list", { ...known, accounts: ["CANARY"] }, "state_wrong_type", "`accounts`"],
  ["accounts as null", { ...known, accounts: null }, "state_wrong_type", "`accounts`"],
  [
    "an account as text",
    { ...known, accounts: { boss: "CANARY" } },
    "state_wrong_type",
    "`accounts.boss`",
  ],
  [
    "a hostile account",
    { ...known, accounts: { constructor: 1 } },
    "state_wrong_type",
    "`accounts.constructor`",
  ],
  [
    "a key that is no label",
    { ...known, accounts: { "CANARY key": 1 } },
    "state_wrong_type",
    "`accounts.…`",
  ],
  ["credentials as text", { ...known, credentials: "CANARY" }, "state_wrong_type", "`credentials`"],
  [
    "a provider's records as a list",
    { ...known, credentials: { "openai-codex": [] } },
    "state_wrong_type",
    "`credentials.openai-codex`",
  ],
  [
    "a record as text",
    { ...known, credentials: { anthropic: { a: "CANARY" } } },
    "state_wrong_type",
    "`credentials.anthropic.a`",
  ],
  ["imports as a number", { ...known, imports: 3 }, "state_wrong_type", "`imports`"],
  [
    "an authority as text",
    { ...known, imports: { authority: { codex: "CANARY" } } },
    "state_wrong_type",
    "`imports.authority.codex`",
  ],
  [
    "labels as an object",
    { ...known, imports: { authority: { codex: { labels: {} } } } },
    "state_wrong_type",
    "`imports.authority.codex.labels`",
  ],
  ["pool as a list", { ...known, pool: [] }, "state_wrong_type", "`pool`"],
  [
    "history as an object",
    { ...known, pool: { openaiCodex: { history: {} } } },
    "state_wrong_type",
    "`pool.openaiCodex.history`",
  ],
  ["targets as true", { ...known, targets: true }, "state_wrong_type", "`targets`"],
  [
    "a target as text",
    { ...known, targets: { codexCli: "CANARY" } },
    "state_wrong_type",
    "`targets.codexCli`",
  ],
  [
    "assignments as a list",
    { ...known, targets: { openclaw: { assignments: [] } } },
    "state_wrong_type",
    "`targets.openclaw.assignments`",
  ],
  ["quarantine as an object", { ...known, quarantine: {} }, "state_wrong_type", "`quarantine`"],
  [
    "a quarantine of texts",
    { ...known, quarantine: ["CANARY"] },
    "state_wrong_type",
    "`quarantine",
  ],
]

describe.each(BAD)("%s", (_name, content, code, place) => {
  const said = async (work: (file: string) => Promise<unknown>) => {
    const file = stateFile(content)
    const before = readFileSync(file)
    const error = await thrownBy(work(file))
    expect(error).toBeInstanceOf(AimError)
    const { problem } = error as AimError
    expect(problem.code).toBe(code)
    expect(problem.message).toContain(file)
    expect(problem.hint).toBeTruthy()
    if (place !== undefined) expect(problem.message).toContain(place)
    expect(`${Bun.inspect(error)}${JSON.stringify(problem)}`).not.toContain("CANARY")
    expect(readFileSync(file).equals(before)).toBe(true)
  }

  test("is refused by reading, untouched", () =>
    said(async (file) => (await openVault(file)).read()))

  test("is refused by a commit, untouched", () =>
    said(async (file) =>
      (await openVault(file)).commit((document) => putAccount(document, "n", {})),
    ))
})

describe("what is no file", () => {
  test("a folder is refused", async () => {
    const file = join(tempFolder(), "secrets.json")
    mkdirSync(file)
    const error = await thrownBy((await openVault(file)).read())
    expect(error).toMatchObject({ problem: { code: "state_not_a_file" } })
  })

  test("a file where a folder should be on the way is no state, and can't become one", async () => {
    const blocker = stateFile("x")
    const vault = await openVault(join(blocker, "secrets.json")).catch((error) => error)
    const error = vault instanceof AimError ? vault : await thrownBy(vault.commit(() => ({})))
    expect(error).toBeInstanceOf(AimError)
    expect(readFileSync(blocker, "utf8")).toBe("x")
  })
})

describe("what is odd but good", () => {
  test("a byte-order mark is passed over", async () => {
    const file = stateFile(`\ufeff${JSON.stringify(referenceState())}`)
    expect((await (await openVault(file)).read()).document.accounts.boss).toBeDefined()
  })

  test("compact JSON opens", async () => {
    const file = stateFile(JSON.stringify(referenceState()))
    expect((await (await openVault(file)).read()).document.accounts.boss).toBeDefined()
  })
})

describe("the way out", () => {
  const NEWEST = ".bak.20260103-000000000"

  test("names the newest backup that opens, and the command", async () => {
    const file = stateFile("{ broken")
    put(`${file}.bak.20260101-000000000`, referenceState())
    put(`${file}.bak.20260102-000000000`, referenceState())
    put(`${file}${NEWEST}`, "also broken")
    put(`${file}.bak.20260104-000000000`, { schemaVersion: "9" })
    const error = (await thrownBy((await openVault(file)).read())) as AimError
    expect(error.problem.hint).toContain(`aim restore ${file}.bak.20260102-000000000`)
  })

  test("says so when no backup opens", async () => {
    const file = stateFile("{ broken")
    put(`${file}${NEWEST}`, "also broken")
    const error = (await thrownBy((await openVault(file)).read())) as AimError
    expect(error.problem.hint).toContain("no good backup")
  })

  test("never puts an older file over a newer schema", async () => {
    const file = stateFile({ schemaVersion: "9" })
    put(`${file}${NEWEST}`, referenceState())
    const error = (await thrownBy((await openVault(file)).read())) as AimError
    expect(error.problem.hint).toContain("update aim")
    expect(error.problem.hint).not.toContain(".bak.")
  })

  test("a path with blanks is one word of the command", async () => {
    const file = join(tempFolder(), "it's here", "secrets.json")
    mkdirSync(dirname(file))
    put(file, "{")
    const error = (await thrownBy((await openVault(file)).read())) as AimError
    expect(error.problem.hint).toContain(`'${file.replace("'", "'\\''")}'`)
    expect(existsSync(file)).toBe(true)
  })
})
