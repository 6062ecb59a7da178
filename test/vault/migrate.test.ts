import { describe, expect, test } from "bun:test"
import { readFileSync } from "node:fs"
import { patchTarget } from "../../src/domain/document-edits.ts"
import { openVault } from "../../src/vault/open.ts"
import { parseState } from "../../src/vault/parse.ts"
import { referenceState } from "./reference-state.ts"
import { json, stateFile } from "./temp-vault.ts"

const EMPTY = { accounts: {}, credentials: {}, imports: {}, pool: {}, targets: {} }

/** The tree in memory, as plain objects, of a file with these keys. */
function opened(keys: object): Record<string, unknown> {
  const parsed = parseState(JSON.stringify({ schemaVersion: "0.1", ...keys }))
  if (parsed.kind !== "state") throw new Error(parsed.code)
  return JSON.parse(JSON.stringify(parsed.document))
}

function account(keys: object, targets: object = {}): unknown {
  const tree = opened({ accounts: { boss: keys }, targets })
  return (tree.accounts as Record<string, unknown>).boss
}

describe("an old file", () => {
  test("opens as 0.2 with every container", () => {
    expect(opened({})).toEqual({ schemaVersion: "0.2", ...EMPTY })
  })

  test("is written as 0.2 by the first commit only", async () => {
    const file = stateFile({ schemaVersion: "0.1", accounts: { boss: {} } })
    const before = readFileSync(file, "utf8")
    const vault = await openVault(file)
    await vault.read()
    await vault.commit((document) => document)
    expect(readFileSync(file, "utf8")).toBe(before)
    await vault.commit((document) => patchTarget(document, "codexCli", { activeLabel: "boss" }))
    expect(json(file)).toMatchObject({ schemaVersion: "0.2", targets: { codexCli: {} } })
  })
})

test("a file with nothing to migrate is the same tree", () => {
  const parsed = parseState(JSON.stringify(referenceState()))
  if (parsed.kind !== "state") throw new Error(parsed.code)
  expect(parsed.document).toBe(parsed.original as never)
})

describe("old pins", () => {
  const assignments = (keys: object) => opened(keys).targets

  test("become assignments where the agent has none", () => {
    expect(
      assignments({
        pins: { openclaw: { a: "boss", b: "qa" } },
        targets: { openclaw: { assignments: { b: "kept" }, pins: { c: " Boss ", a: "late" } } },
      }),
    ).toEqual({ openclaw: { assignments: { b: "kept", a: "boss", c: "boss" } } })
  })

  test("that can't be labels stay where they are, and everything still opens", () => {
    const tree = opened({
      pins: { openclaw: { a: "bad label", b: 3, c: "qa" }, other: { x: 1 } },
      targets: { openclaw: { pins: { d: "-", e: "ok" } } },
    })
    expect(tree.pins).toEqual({ openclaw: { a: "bad label", b: 3 }, other: { x: 1 } })
    expect(tree.targets).toEqual({
      openclaw: { pins: { d: "-" }, assignments: { c: "qa", e: "ok" } },
    })
  })

  test("that are no object stay too", () => {
    expect(opened({ pins: "x" }).pins).toBe("x")
  })

  test("do not come back when an assignment is taken away later", async () => {
    const file = stateFile({ schemaVersion: "0.1", pins: { openclaw: { a: "boss" } } })
    const vault = await openVault(file)
    await vault.commit((document) => patchTarget(document, "openclaw", { assignments: {} }))
    const { document } = await vault.read()
    expect(JSON.parse(JSON.stringify(document.targets))).toEqual({ openclaw: { assignments: {} } })
  })
})

describe("old browser hints", () => {
  const seed = "seededFromOpenclawProfileId"

  test.each([
    [
      "a profile in the account",
      { openclawBrowserProfile: "p1", mine: 1 },
      {},
      {
        mine: 1,
        browser: { [seed]: "p1", mode: "aim-profile" },
        reauth: { mode: "browser-managed" },
      },
    ],
    [
      "a profile under the target",
      {},
      { openclaw: { browserProfiles: { boss: "p2" } } },
      { browser: { [seed]: "p2", mode: "aim-profile" }, reauth: { mode: "browser-managed" } },
    ],
    [
      "a binding under the target",
      {},
      { interactiveOAuth: { bindings: { boss: { profileId: "p3", mode: "manual-callback" } } } },
      { browser: { [seed]: "p3", mode: "aim-profile" }, reauth: { mode: "manual-callback" } },
    ],
    [
      "a Chrome profile",
      { chromeProfileDirectory: "/c", browser: null },
      {},
      {
        browser: { userDataDir: "/c", mode: "chrome-profile" },
        reauth: { mode: "browser-managed" },
      },
    ],
    [
      "the old name of the seed",
      { browser: { seededFrom: "p4", unknown: 1 } },
      {},
      { browser: { unknown: 1, [seed]: "p4", mode: "aim-profile" } },
    ],
    [
      "an old reauth mode",
      { reauth: { mode: "openclaw-browser-profile", unknown: 1 } },
      {},
      { reauth: { mode: "browser-managed", unknown: 1 }, browser: { mode: "aim-profile" } },
    ],
    [
      "a binding and mode of its own rule",
      {
        openclawBrowserProfile: "old",
        browser: { mode: "agent-browser", [seed]: "own" },
        reauth: { mode: "manual-callback" },
      },
      {},
      { browser: { mode: "agent-browser", [seed]: "own" }, reauth: { mode: "manual-callback" } },
    ],
    [
      "none at all",
      { provider: "openai-codex", browser: { unknown: 1 } },
      {},
      { provider: "openai-codex", browser: { unknown: 1 } },
    ],
    [
      "what is no text stays",
      { openclawBrowserProfile: 4, chromeProfileDirectory: [] },
      {},
      { openclawBrowserProfile: 4, chromeProfileDirectory: [] },
    ],
    [
      "a Claude label",
      { provider: "anthropic", browser: { unknown: 1 }, openclawBrowserProfile: "p" },
      {},
      {
        provider: "anthropic",
        browser: { unknown: 1 },
        openclawBrowserProfile: "p",
        reauth: { mode: "native-claude" },
      },
    ],
  ])("%s", (_name, before, targets, after) => {
    expect(account(before, targets)).toEqual(after)
  })

  test("that were taken over are gone, others stay", () => {
    const tree = opened({
      accounts: { boss: {} },
      targets: {
        openclaw: { browserProfiles: { boss: "p", gone: "q" } },
        interactiveOAuth: { bindings: { boss: { profileId: "p", mode: "x", more: 1 } } },
        codexCli: { storeMode: "x", lastReadback: { json: { refresh: "T" } }, kept: 1 },
      },
    })
    expect(tree.targets).toEqual({
      openclaw: { browserProfiles: { gone: "q" } },
      interactiveOAuth: { bindings: { boss: { more: 1 } } },
      codexCli: { kept: 1 },
    })
  })
})

describe("imports", () => {
  test("list every label that has an entry, in the order they stood", () => {
    const codex = { labels: ["z", "a"], labelsByName: { a: {}, b: { x: 1 }, "bad label": {} } }
    expect(opened({ imports: { authority: { codex } } }).imports).toEqual({
      authority: { codex: { ...codex, labels: ["z", "a", "b"] } },
    })
  })

  test("a missing base fingerprint is not filled from the current credential", () => {
    const imports = { authority: { codex: { labels: ["boss"], labelsByName: { boss: {} } } } }
    const credentials = {
      "openai-codex": {
        boss: { access: "A", refresh: "R", expiresAt: "2026-01-01T00:00:00.000Z", accountId: "a" },
      },
    }
    expect(opened({ imports, credentials }).imports).toEqual(imports)
  })
})
