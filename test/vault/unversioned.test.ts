import { describe, expect, test } from "bun:test"
import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { patchTarget } from "../../src/domain/document-edits.ts"
import { legacyWarnings } from "../../src/operations/status/legacy-warnings.ts"
import { unseal } from "../../src/system/secret.ts"
import { openVault } from "../../src/vault/open.ts"
import { parseState } from "../../src/vault/parse.ts"
import { adoptQuarantined } from "../../src/vault/quarantine.ts"
import { backupsOf, json, pictureOf, stateFile } from "./temp-vault.ts"

const EXPIRES = Date.UTC(2026, 10, 21, 12)
const held = (name: string, more: object = {}) => ({
  provider: "openai-codex",
  access: `CANARY-access-${name}`,
  refresh: `CANARY-refresh-${name}`,
  expires: EXPIRES,
  accountId: `acct-${name}`,
  ...more,
})
const stored = (name: string) => ({
  access: `CANARY-access-${name}`,
  refresh: `CANARY-refresh-${name}`,
  expiresAt: "2026-11-21T12:00:00.000Z",
  accountId: `acct-${name}`,
})
const of = (name: string, more: object = {}) => ({
  provider: "openai-codex",
  openclaw: { credential: held(name, more) },
})
const ours = (more: object = {}) => ({
  provider: "openai-codex",
  browser: { mode: "aim-profile" },
  reauth: { mode: "browser-managed" },
  ...more,
})

function parsed(tree: object) {
  const state = parseState(JSON.stringify({ version: 1, ...tree }))
  if (state.kind !== "state") throw new Error(state.code)
  return state.document
}

/** The tree in memory, tokens open, as plain objects. */
function opened(tree: object): Record<string, Record<string, unknown>> {
  return JSON.parse(JSON.stringify(unseal(parsed(tree))))
}

const account = (keys: object) => opened({ accounts: { boss: keys } }).accounts?.boss

describe("an account of the oldest format", () => {
  test.each<[string, object, object]>([
    ["without anything", {}, ours()],
    ["of a provider in other letters", { provider: " OpenAI_Codex " }, ours()],
    ["of a provider that aim does not know", { provider: "Acme" }, ours({ provider: "acme" })],
    ["with a blank provider", { provider: " " }, ours()],
    [
      "with an e-mail",
      { email: " Boss@Example.com " },
      ours({ expect: { email: "boss@example.com" } }),
    ],
    [
      "with an e-mail beside an expectation",
      { email: "b@x.y", expect: { email: "a@x.y" } },
      ours({ email: "b@x.y", expect: { email: "a@x.y" } }),
    ],
    [
      "with a Chrome profile, which is no folder",
      { browser: { profileDirectory: "Profile 3", zz: 1 } },
      ours({ browser: { mode: "chrome-profile", profileDirectory: "Profile 3", zz: 1 } }),
    ],
    [
      "with a blank profile",
      { browser: { profileDirectory: " " } },
      ours({ browser: { mode: "aim-profile", profileDirectory: " " } }),
    ],
    [
      "of Claude, which needs no browser",
      { provider: "anthropic", browser: { x: 1 } },
      { provider: "anthropic", browser: { x: 1 }, reauth: { mode: "native-claude" } },
    ],
    [
      "with keys that nobody knows",
      { zz: [1], reauth: { x: 1 } },
      ours({ zz: [1], reauth: { x: 1, mode: "browser-managed" } }),
    ],
    [
      "that was taken out of the pool",
      { pool: { enabled: false } },
      ours({ pool: { enabled: false } }),
    ],
  ])("%s", (_name, old, converted) => expect(account(old)).toEqual(converted))
})

describe("its login", () => {
  test("moves to the credentials; what is no part of it stays", () => {
    const tree = opened({ accounts: { boss: of("boss", { type: "oauth" }) } })
    expect(tree.credentials).toEqual({ "openai-codex": { boss: stored("boss") } })
    expect(tree.accounts?.boss).toEqual(ours({ openclaw: { credential: { type: "oauth" } } }))
  })

  test("leaves nothing behind when it is whole", () => {
    expect(opened({ accounts: { boss: of("boss") } }).accounts?.boss).toEqual(ours())
  })

  test.each([
    ["without an account id", { accountId: undefined }],
    ["with a blank token", { refresh: " " }],
    ["with a text as expiry", { expires: "soon" }],
    ["with an expiry that is no time", { expires: 1e300 }],
    ["of another provider", { provider: "anthropic" }],
  ])("%s stays where it is", (_name, more) => {
    const tree = opened({ accounts: { boss: of("boss", more) } })
    expect(tree.credentials).toEqual({})
    expect(tree.accounts?.boss).toMatchObject({
      openclaw: JSON.parse(JSON.stringify({ credential: held("boss", more) })),
    })
  })

  test("never takes the place of one that is stored already", () => {
    const kept = { ...stored("kept"), zz: 1 }
    const tree = opened({
      accounts: { boss: of("boss") },
      credentials: { "openai-codex": { boss: kept } },
    })
    expect(tree.credentials).toEqual({ "openai-codex": { boss: kept } })
    expect(tree.accounts?.boss).toMatchObject({ openclaw: { credential: held("boss") } })
  })
})

describe("names", () => {
  test("are trimmed and in small letters; one that is so already wins", () => {
    const tree = opened({
      accounts: { " Boss ": { n: 1 }, Boss: { n: 2 }, boss: { n: 3 }, QA: {} },
    })
    expect(Object.keys(tree.accounts ?? {})).toEqual(["boss", "qa"])
    expect(tree.accounts?.boss).toMatchObject({ n: 3 })
    expect(tree.unconverted).toEqual({ accounts: { " Boss ": { n: 1 }, Boss: { n: 2 } } })
  })

  test("that are no labels, or bear a command of the reference, are kept with their logins", () => {
    const document = parsed({
      accounts: {
        status: of("status"),
        "bad label": { ...of("bad", { expires: null }), email: "x@y.z" },
        text: "CANARY",
        open: {},
        __proto__x: 1,
      },
    })
    const tree = JSON.parse(JSON.stringify(unseal(document)))
    expect(tree.accounts).toEqual({ open: ours() })
    expect(tree.unconverted).toEqual({
      accounts: {
        status: { provider: "openai-codex" },
        "bad label": { ...of("bad", { expires: null }), email: "x@y.z" },
        text: "CANARY",
        __proto__x: 1,
      },
    })
    expect(tree.quarantine).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{8}$/),
        at: "",
        provider: "openai-codex",
        label: null,
        reason: "legacy_label",
        identity: expect.any(String),
        credential: stored("status"),
      },
    ])
    expect(parsed({ accounts: { status: of("status") } }).quarantine?.[0]?.id).toBe(
      tree.quarantine[0].id,
    )
    const [warning] = legacyWarnings(document)
    expect(warning).toMatchObject({
      kind: "legacy_accounts_unconverted",
      accounts: ["text", "status", "bad label", "__proto__x"],
      hint: expect.stringContaining("aim quarantine list"),
    })
    expect(JSON.stringify(document) + JSON.stringify(warning)).not.toContain("CANARY-")
  })

  test("give nothing to warn of when all could be taken", () => {
    expect(legacyWarnings(parsed({ accounts: { boss: {} } }))).toEqual([])
  })

  test("a login kept so can be adopted", () => {
    const document = parsed({ accounts: { status: of("status"), qa: {} } })
    const id = String(document.quarantine?.[0]?.id)
    const adopted = adoptQuarantined(document, id, "qa", { id: "x", at: 0 })
    if (adopted.kind !== "adopted") throw new Error(adopted.kind)
    expect(unseal(adopted.document.credentials)).toEqual({
      "openai-codex": { qa: stored("status") },
    })
    expect(adopted.document.quarantine).toEqual([])
  })
})

test("pins become assignments; what can't stays where it was", () => {
  const tree = opened({
    accounts: {},
    openclaw: {
      agentPins: {
        a: "openai-codex:Boss",
        b: "qa",
        c: "x:bad label",
        d: 4,
        access: "p:qa",
        e: "p:status",
        f: "p:boss",
      },
      zz: 1,
    },
    targets: { openclaw: { assignments: { f: "kept" } } },
  })
  expect(tree.targets).toEqual({
    openclaw: { assignments: { f: "kept", a: "boss", access: "qa" } },
  })
  expect(tree.openclaw).toEqual({
    agentPins: { b: "qa", c: "x:bad label", d: 4, e: "p:status", f: "p:boss" },
    zz: 1,
  })
  expect(opened({ accounts: {}, openclaw: { agentPins: { a: "x:boss" } } })).not.toHaveProperty(
    "openclaw",
  )
})

describe("the file", () => {
  const old = { version: 1, zz: { a: 1 }, accounts: { boss: of("boss") } }

  test("is not touched by reading, and is 0.2 with a backup of its bytes after one commit", async () => {
    const file = stateFile(old)
    const folder = dirname(file)
    const before = readFileSync(file, "utf8")
    const untouched = pictureOf(folder)
    const vault = await openVault(file)
    await vault.read()
    expect(pictureOf(folder)).toEqual(untouched)
    await vault.commit((document) => patchTarget(document, "codexCli", { x: 1 }))
    const written = readFileSync(file, "utf8")
    expect(json(file)).toEqual({
      schemaVersion: "0.2",
      zz: { a: 1 },
      accounts: { boss: ours() },
      credentials: { "openai-codex": { boss: stored("boss") } },
      imports: {},
      pool: {},
      targets: { codexCli: { x: 1 } },
    })
    const [backup] = backupsOf(file)
    expect(readFileSync(join(folder, String(backup)), "utf8")).toBe(before)
    // One step: a second load finds nothing to do.
    const again = parseState(written)
    expect(again.kind === "state" && again.document === (again.original as object)).toBe(true)
  })

  test("with a wrong type elsewhere is refused as any other", () => {
    const state = parseState(JSON.stringify({ ...old, credentials: [] }))
    expect(state).toMatchObject({ kind: "refused", code: "state_wrong_type" })
  })
})
