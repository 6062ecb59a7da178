import { describe, expect, test } from "bun:test"
import { readFileSync } from "node:fs"
import { dirname } from "node:path"
import { patchAccount } from "../../src/domain/document-edits.ts"
import { Secret } from "../../src/system/secret.ts"
import { openVault } from "../../src/vault/open.ts"
import { referenceState } from "./reference-state.ts"
import { json, pictureOf, stateFile, vaultWith } from "./temp-vault.ts"

/** `__proto__` as an own key, which no object literal can have, in accounts and everywhere else. */
function withProtoKeys(): string {
  const text = `${JSON.stringify(referenceState(), null, 2)}\n`
  const proto = '"__proto__": { "polluted": "yes", "expect": { "__proto__": 1 } }'
  const tree = JSON.parse(
    text
      .replace('"accounts": {', `"accounts": { ${proto},`)
      .replace('"unknownFirst": {', `"unknownFirst": { ${proto},`),
  )
  return `${JSON.stringify(tree, null, 2)}\n`
}

describe("a file with every key of the reference program", () => {
  test("a commit of one key changes only that key, and no order", async () => {
    const before = withProtoKeys()
    const file = stateFile(before)
    const vault = await openVault(file)
    await vault.commit((document) => patchAccount(document, "boss", { mark: "here" }))
    const expected = JSON.parse(before)
    expected.accounts.boss.mark = "here"
    expect(readFileSync(file, "utf8")).toBe(`${JSON.stringify(expected, null, 2)}\n`)
  })

  test("hostile keys stay data", async () => {
    const vault = await vaultWith(withProtoKeys())
    const { document } = await vault.read()
    expect(Object.keys(document.accounts)).toContain("__proto__")
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    await vault.commit((fresh) => patchAccount(fresh, "__proto__", { polluted: "again" }))
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(readFileSync(vault.paths.realFile, "utf8")).toContain('"polluted": "again"')
  })

  test("labels that read like numbers keep their content", async () => {
    const file = stateFile({ ...referenceState(), accounts: { b: { n: 1 }, "10": { n: 2 } } })
    const vault = await openVault(file)
    await vault.commit((document) => patchAccount(document, "10", { m: 3 }))
    expect(json(file).accounts).toEqual({ b: { n: 1 }, "10": { n: 2, m: 3 } })
  })

  test("Claude credentials pass through byte by byte", async () => {
    const file = stateFile(referenceState())
    const claude = (text: string) => /^ {4}"anthropic": \{$[\s\S]*?^ {4}\}/m.exec(text)?.[0]
    const before = claude(readFileSync(file, "utf8"))
    expect(before).toContain("nativeClaudeBundle")
    const vault = await openVault(file)
    await vault.commit((document) => patchAccount(document, "lessons", { mark: 1 }))
    expect(claude(readFileSync(file, "utf8"))).toBe(before ?? "")
  })

  test("its tokens are sealed in memory, and open in the file", async () => {
    const vault = await vaultWith(referenceState())
    const { document } = await vault.read()
    expect(JSON.stringify(document)).not.toContain("CANARY")
    expect(Bun.inspect(document, { depth: 20 })).not.toContain("CANARY")
    expect(document.credentials["openai-codex"]?.boss?.refresh).toBeInstanceOf(Secret)
  })
})

test("an agent may be called as a token's key is", async () => {
  const assignments = { access: "boss", refresh: "qa" }
  const vault = await vaultWith({ schemaVersion: "0.2", targets: { openclaw: { assignments } } })
  const { document } = await vault.read()
  expect(document.targets.openclaw).toEqual({ assignments })
})

describe("reading", () => {
  test.each([
    ["a reference file", referenceState()],
    ["a file that would be migrated", { schemaVersion: "0.1", pins: { openclaw: { a: "boss" } } }],
  ])("writes nothing: %s", async (_name, state) => {
    const file = stateFile(state, 0o644)
    const before = pictureOf(dirname(file))
    const vault = await openVault(file)
    await vault.read()
    expect(pictureOf(dirname(file))).toEqual(before)
  })

  test("an empty home stays empty", async () => {
    const file = stateFile()
    const vault = await openVault(file)
    expect(await vault.read()).toMatchObject({ missing: true, document: { schemaVersion: "0.2" } })
    expect(pictureOf(dirname(file))).toEqual([])
  })
})
