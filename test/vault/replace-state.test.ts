import { describe, expect, test } from "bun:test"
import { mkdirSync, readdirSync, readFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import type { Document } from "../../src/domain/document.ts"
import { EMPTY_DOCUMENT } from "../../src/domain/document.ts"
import { putAccount } from "../../src/domain/document-edits.ts"
import { Secret } from "../../src/system/secret.ts"
import { openVault } from "../../src/vault/open.ts"
import type { Present } from "../../src/vault/present.ts"
import { replaceState } from "../../src/vault/replace-state.ts"
import { referenceState } from "./reference-state.ts"
import { backupsOf, json, modeOf, stateFile, tempFolder, thrownBy } from "./temp-vault.ts"

const NOW = Date.UTC(2026, 0, 31, 12)
const WANTED = putAccount(EMPTY_DOCUMENT, "boss", { provider: "openai-codex" })

/** Replaces the file by `document` and tells what was found, and what stands beside it after. */
async function replace(file: string, document: Document | null = WANTED) {
  const { paths } = await openVault(file)
  let found: Present = { kind: "absent" }
  const done = await replaceState(paths, NOW, (present) => {
    found = present
    return document
  })
  const beside = readdirSync(dirname(file)).filter((name) => name.startsWith("secrets.json."))
  return { done, found: found as Present, beside }
}

const login = { refresh: "CANARY-r", access: "CANARY-a" }
const salvaged = (found: Present) => (found.kind === "refused" ? found.document : undefined)

describe("what stood there is kept", () => {
  test.each<[string, string | Uint8Array | object]>([
    ["an empty file", ""],
    ["a cut file", '{"schemaVersion":"0.2","credentials":{"openai-codex":{"a":{"refresh":"CAN'],
    ["binary", new Uint8Array([0xff, 0xfe, 0, 1, 2])],
    ["a list", [1]],
    ["20 MB", new Uint8Array(20 * 1024 * 1024).fill(0x20)],
  ])("%s, of which nothing can be read", async (_name, content) => {
    const file = stateFile(content, 0o644)
    const before = readFileSync(file)
    const { done, found, beside } = await replace(file)
    expect(salvaged(found)).toBeNull()
    expect(json(file)).toMatchObject({ schemaVersion: "0.2", accounts: { boss: {} } })
    expect(beside).toEqual([expect.stringMatching(/^secrets\.json\.replaced-[0-9a-f]{16}$/)])
    const kept = join(dirname(file), String(beside[0]))
    expect(done).toEqual({ kind: "replaced", kept })
    expect(readFileSync(kept).equals(before)).toBe(true)
    expect([modeOf(file), modeOf(kept)]).toEqual([0o600, 0o600])
  })

  test.each<[string, object | string]>([
    [
      "a newer schema",
      { schemaVersion: "0.9", credentials: { "openai-codex": { a: login, b: 1 } } },
    ],
    [
      "another program's schema",
      { schemaVersion: 7, credentials: { "openai-codex": { a: login } } },
    ],
    [
      "a wrong type",
      { schemaVersion: "0.2", accounts: [], credentials: { "openai-codex": { a: login }, x: 1 } },
    ],
    [
      "the same key twice",
      '{"schemaVersion":"0.2","x":1,"x":2,"credentials":{"openai-codex":{"a":{"refresh":"CANARY-r","access":"CANARY-a"}}}}',
    ],
    [
      "a byte-order mark and no version",
      `\ufeff${JSON.stringify({ credentials: { "openai-codex": { a: login } } })}`,
    ],
  ])("%s, whose logins can be read", async (_name, content) => {
    const file = stateFile(content)
    const before = readFileSync(file)
    const { found, beside } = await replace(file)
    const document = salvaged(found)
    expect(document?.credentials["openai-codex"]).toEqual({
      a: { refresh: new Secret("CANARY-r"), access: new Secret("CANARY-a") },
    })
    expect(JSON.stringify(document)).not.toContain("CANARY")
    expect(readFileSync(join(dirname(file), String(beside[0]))).equals(before)).toBe(true)
  })

  test("entries of its quarantine that hold something are read too", async () => {
    const entry = { id: "q", credential: login }
    const file = stateFile({ schemaVersion: "9", quarantine: [entry, 1, { id: "z" }] })
    const { found } = await replace(file)
    expect(salvaged(found)?.quarantine?.map(({ id }) => id)).toEqual(["q"])
  })

  test("once, however often it is tried", async () => {
    const file = stateFile("{ broken")
    const { paths } = await openVault(file)
    await replace(file)
    const copy = readdirSync(paths.dir).find((name) => name.includes(".replaced-"))
    await Bun.write(file, "{ broken")
    expect((await replace(file)).beside).toEqual([String(copy)])
  })

  test("a good one as a backup", async () => {
    const file = stateFile(referenceState())
    const before = readFileSync(file, "utf8")
    const { done, found, beside } = await replace(file)
    expect(found.kind).toBe("good")
    expect(beside).toEqual(backupsOf(file))
    expect(done).toEqual({ kind: "replaced", kept: join(dirname(file), String(beside[0])) })
    expect(readFileSync(join(dirname(file), String(beside[0])), "utf8")).toBe(before)
  })
})

test("nothing stood there: nothing is kept", async () => {
  const file = stateFile()
  const { done, beside } = await replace(file)
  expect(done).toEqual({ kind: "replaced", kept: null })
  expect(beside).toEqual([])
  expect(json(file)).toMatchObject({ accounts: { boss: {} } })
})

describe("nothing is written", () => {
  test("when nothing is wanted, or it stands so already", async () => {
    const file = stateFile("{ broken")
    expect((await replace(file, null)).done).toEqual({ kind: "unchanged" })
    expect(readFileSync(file, "utf8")).toBe("{ broken")
    await replace(file)
    expect((await replace(file)).done).toEqual({ kind: "unchanged" })
    expect(backupsOf(file)).toEqual([])
  })

  test("where a folder stands", async () => {
    const file = join(tempFolder(), "secrets.json")
    mkdirSync(file)
    expect(await thrownBy(replace(file))).toMatchObject({ problem: { code: "state_not_a_file" } })
  })

  test("of what would be no state file, or would have lost a token", async () => {
    const file = stateFile("{ broken")
    for (const wrong of [
      { ...WANTED, accounts: [] } as never,
      { ...WANTED, credentials: { "openai-codex": { a: { refresh: "[redacted]" } } } },
    ])
      expect(await thrownBy(replace(file, wrong))).toMatchObject({
        problem: { code: "state_invalid_change" },
      })
    expect(readdirSync(dirname(file)).filter((name) => name.includes("secrets"))).toEqual([
      basename(file),
    ])
  })
})
