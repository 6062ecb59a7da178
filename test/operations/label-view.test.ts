import { describe, expect, test } from "bun:test"
import { newAccount } from "../../src/domain/adopt/new-account.ts"
import type { Document } from "../../src/domain/document.ts"
import { patchAccount, putAccount, putCredential } from "../../src/domain/document-edits.ts"
import type { JsonObject } from "../../src/domain/login.ts"
import { viewLabel } from "../../src/operations/label-view.ts"
import { openPoolWorld } from "../support/pool-world.ts"

const reauth = (patch: JsonObject) => (document: Document) => patchAccount(document, "boss", patch)
const MANUAL = { reauth: { mode: "manual-callback" } }
const BOUND = { reauth: { mode: "browser-managed" }, browser: { mode: "aim-profile" } }
const dead = (document: Document) => putCredential(document, "openai-codex", "boss", null)

describe("how a Codex label stands", () => {
  test.each([
    ["a login, no way to log in set up", [], "ready"],
    ["a login, bound", [reauth(BOUND)], "ready"],
    ["no login, no way set up", [dead], "setup"],
    [
      "no login, a mode without its browser",
      [dead, reauth({ reauth: { mode: "browser-managed" } })],
      "setup",
    ],
    ["no login, by hand", [dead, reauth(MANUAL)], "reauth"],
    ["no login, bound", [dead, reauth(BOUND)], "reauth"],
    [
      "blocked, no way set up",
      [reauth({ reauth: { blockedReason: "identity_mismatch" } })],
      "blocked",
    ],
  ] as const)("%s", async (_name, changes, standing) => {
    await using world = await openPoolWorld()
    await world.label("boss")
    for (const change of changes) await world.edit(change)
    expect((await viewLabel(world.pool, "boss"))?.standing).toBe(standing)
  })

  test("with whom it is, and how long its access lasts", async () => {
    await using world = await openPoolWorld()
    await world.label("boss", { expiresInSeconds: 3600 })
    const view = await viewLabel(world.pool, "boss")
    expect(view).toMatchObject({
      label: "boss",
      provider: "openai-codex",
      enabled: true,
      access: "valid",
      ownProfile: `${world.home}/.aimgr/browser/boss/user-data`,
      stored: { email: expect.stringContaining("@"), workspace: expect.any(String) },
      expected: { email: null, workspace: null },
    })
    expect(JSON.stringify(view)).not.toContain((await world.stored("boss")) ?? "")
    await world.label("boss", { expiresInSeconds: -60 })
    expect((await viewLabel(world.pool, "boss"))?.access).toBe("expired")
    await world.edit(dead)
    expect((await viewLabel(world.pool, "boss"))?.access).toBe("unknown")
  })

  test("changes no file", async () => {
    await using world = await openPoolWorld()
    await world.label("boss")
    const before = await world.text()
    await viewLabel(world.pool, "boss")
    expect(await world.text()).toBe(before)
  })
})

test("a Claude label has no browser", async () => {
  await using world = await openPoolWorld()
  await world.edit((document) => putAccount(document, "c", newAccount("anthropic")))
  expect(await viewLabel(world.pool, "c")).toMatchObject({
    provider: "anthropic",
    browser: null,
    standing: "reauth",
    access: "unknown",
  })
})

test("a label that is gone is null; one of an unknown provider is named", async () => {
  await using world = await openPoolWorld()
  expect(await viewLabel(world.pool, "boss")).toBe(null)
  await world.edit((document) => putAccount(document, "odd", { provider: "elsewhere" }))
  expect(viewLabel(world.pool, "odd")).rejects.toMatchObject({
    problem: { code: "unknown_provider" },
  })
})
