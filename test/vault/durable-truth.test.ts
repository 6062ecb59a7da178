import { describe, expect, test } from "bun:test"
import { Secret } from "../../src/system/secret.ts"
import { durableTruthDiffers, sameTree } from "../../src/vault/durable-truth.ts"

const STATE = { accounts: { boss: {} }, targets: { codexCli: {} }, pool: { history: [] } }

describe("a backup is made of what only the vault knows:", () => {
  test.each([
    ["an account", { accounts: { boss: { kept: 1 } } }],
    ["a login", { credentials: { "openai-codex": { boss: { refresh: new Secret("r") } } } }],
    ["an import", { imports: { authority: {} } }],
    ["a kept login", { quarantine: [{ id: "ab12" }] }],
    ["the schema", { schemaVersion: "0.2" }],
    ["what aim does not understand", { unknown: 1 }],
  ])("%s", (_name, change) => {
    expect(durableTruthDiffers(STATE, { ...STATE, ...change })).toBe(true)
    expect(durableTruthDiffers({ ...STATE, ...change }, STATE)).toBe(true)
  })

  test.each([
    ["a receipt", { targets: { codexCli: { lastSelectionReceipt: {} } } }],
    ["the history", { pool: { history: [{ kind: "selection" }] } }],
    ["nothing", {}],
  ])("not of %s, which can be had again", (_name, change) => {
    expect(durableTruthDiffers(STATE, { ...STATE, ...change })).toBe(false)
  })
})

const SAME: [unknown, unknown, boolean][] = [
  [new Secret("a"), new Secret("a"), true],
  [new Secret("a"), new Secret("b"), false],
  [new Secret("a"), "a", false],
  ["a", new Secret("a"), false],
  [{}, new Secret("a"), false],
  [new Secret("a"), {}, false],
  [{ a: 1, b: [2] }, { b: [2], a: 1 }, true],
  [{ a: 1 }, { a: 1, b: undefined }, false],
  [{ a: undefined }, { b: undefined }, false],
  [[1, 2], [1, 2], true],
  [[1, 2], [2, 1], false],
  [[], {}, false],
  [{}, [], false],
  [{ "0": 1 }, [1], false],
  [null, null, true],
  [null, {}, false],
  [{}, null, false],
  [null, undefined, false],
  [1, "1", false],
]

test.each(SAME.map(([a, b, same]) => [Bun.inspect(a), Bun.inspect(b), a, b, same] as const))(
  "%s beside %s",
  (_a, _b, a, b, same) => expect(sameTree(a, b)).toBe(same),
)
