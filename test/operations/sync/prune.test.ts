import { describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Document } from "../../../src/domain/document.ts"
import { patchTarget, putAccount, putCredential } from "../../../src/domain/document-edits.ts"
import { pairHash } from "../../../src/domain/pair.ts"
import type { ProviderId } from "../../../src/domain/provider-id.ts"
import { activate } from "../../../src/operations/activate.ts"
import { emptyProgress } from "../../../src/operations/switch/receipt.ts"
import { keepUp } from "../../../src/operations/watch/upkeep.ts"
import { AimError } from "../../../src/system/errors.ts"
import { Secret } from "../../../src/system/secret.ts"
import { readClaudeHome } from "../../support/claude-fixtures.ts"
import { openTwoHomes, type TwoHomes } from "../../support/two-homes.ts"

const targetOf = ({ pool }: TwoHomes, id: string) => {
  const target = pool.targets.find((each) => each.id === id)
  if (target === undefined) throw new Error(`no ${id}`)
  return target
}
const use = (world: TwoHomes, label: string, id = "codex") =>
  activate(world.pool, targetOf(world, id), {
    label,
    next: false,
    dryRun: false,
    adopt: null,
    replaceUnmanaged: false,
  })
const goneThere = (
  world: TwoHomes,
  label: string,
  provider: ProviderId = "openai-codex",
): Promise<Document> =>
  world.authority.edit((document) =>
    putAccount(putCredential(document, provider, label, null), label, null),
  )
const prune = { pruneLive: true }
const fullDisk = new AimError("codex_target_write_failed", "no room", "make some")
const stuckLock = new AimError("client_lock_timeout", "Pi keeps its lock", "close it")
const authOf = (world: TwoHomes) => join(world.codexHome, "auth.json")
const keptIn = ({ quarantine = [] }: Document) =>
  quarantine.map(({ label, reason, credential }) => {
    return [label, reason, (credential.refresh as Secret).reveal()]
  })

/** `boss` is live here in Codex, and gone at the authority. */
async function bossIsGone(): Promise<TwoHomes> {
  const world = await openTwoHomes(["boss", "qa"], { others: ["guest"] })
  await world.sync()
  await use(world, "boss")
  await goneThere(world, "boss")
  return world
}

describe("a label that is gone there, with --prune-live", () => {
  test("goes out of Codex into quarantine, and nothing is active there any more", async () => {
    await using world = await bossIsGone()
    const live = String((await world.held()).refresh_token)
    const result = await world.sync(prune)
    const [done] = result.pruned
    expect(result).toMatchObject({ ok: true, warnings: [], pruned: [{ outcome: "pruned" }] })
    expect(done).toMatchObject({ label: "boss", store: world.codexHome, files: [authOf(world)] })
    expect(existsSync(authOf(world))).toBe(false)
    const document = await world.document()
    expect(keptIn(document)).toEqual([["boss", "pruned", live]])
    expect(document.quarantine?.[0]?.id).toBe(String(done?.quarantined))
    expect(document.targets.codexCli).toEqual({ sourceHomes: {} })
    const [receipt] = world.pool.ledger.receipts({ limit: 1 })
    expect(receipt).toMatchObject({ action: "codex_sync", status: "applied" })
    expect(receipt?.receipt.pruned).toEqual([done])
    expect(await use(world, "qa")).toMatchObject({ ok: true })
  })

  test("dry, it is planned and nothing changes", async () => {
    await using world = await bossIsGone()
    const before = [await world.text(), await readFile(authOf(world), "utf8")]
    const { ok, pruned } = await world.sync({ ...prune, dryRun: true })
    expect({ ok, pruned }).toMatchObject({
      ok: true,
      pruned: [{ label: "boss", store: world.codexHome, outcome: "planned", files: [] }],
    })
    expect([await world.text(), await readFile(authOf(world), "utf8")]).toEqual(before)
  })

  test("without it the login stays, as one of no label", async () => {
    await using world = await bossIsGone()
    const before = await readFile(authOf(world), "utf8")
    const { ok, pruned, warnings } = await world.sync()
    expect([ok, pruned]).toEqual([true, []])
    expect(warnings).toMatchObject([{ kind: "orphaned_live_login" }])
    expect(await readFile(authOf(world), "utf8")).toBe(before)
    expect(keptIn(await world.document())).toEqual([])
  })

  test("what an import without it left is taken out by a later one, renewed or not", async () => {
    await using world = await bossIsGone()
    await world.sync()
    const hint = "aim sync codex --prune-live takes it out, into quarantine"
    expect((await world.sync()).warnings).toMatchObject([{ kind: "orphaned_live_login", hint }])
    const renewed = await world.rotate(world.codexHome)
    const { ok, warnings, pruned } = await world.sync(prune)
    expect({ ok, warnings, pruned }).toMatchObject({
      ok: true,
      warnings: [],
      pruned: [{ label: "boss", outcome: "pruned", files: [authOf(world)] }],
    })
    expect(existsSync(authOf(world))).toBe(false)
    const document = await world.document()
    expect(keptIn(document)).toEqual([["boss", "pruned", renewed]])
    expect(document.targets.codexCli?.orphanedLogins).toBeUndefined()
    expect((await world.sync(prune)).pruned).toEqual([])
  })

  test("what was left is no orphan any more where its label is there again", async () => {
    await using world = await bossIsGone()
    await world.sync()
    await world.authority.label("boss")
    const { ok, warnings, pruned } = await world.sync(prune)
    expect({ ok, warnings, pruned }).toEqual({ ok: true, warnings: [], pruned: [] })
    expect(existsSync(authOf(world))).toBe(true)
    expect((await world.document()).targets.codexCli?.orphanedLogins).toBeUndefined()
  })

  test("another person's login in the same home is not taken for what was left there", async () => {
    await using world = await bossIsGone()
    await world.sync()
    await world.login("guest", { dir: world.codexHome })
    expect(await world.sync(prune)).toMatchObject({ ok: true, warnings: [], pruned: [] })
    expect(existsSync(authOf(world))).toBe(true)
  })

  test("goes out of Pi too, where another provider's login stays; another label's home stays", async () => {
    await using world = await openTwoHomes(["boss", "qa"])
    await world.sync()
    await use(world, "qa")
    const pi = join(world.home, ".pi", "agent", "auth.json")
    await mkdir(join(world.home, ".pi", "agent"), { recursive: true, mode: 0o700 })
    await writeFile(pi, '{"anthropic": {"type":"oauth"}}', { mode: 0o600 })
    await use(world, "boss", "pi")
    const codex = await readFile(authOf(world), "utf8")
    await goneThere(world, "boss")
    const { ok, pruned } = await world.sync(prune)
    expect({ ok, pruned }).toMatchObject({ ok: true, pruned: [{ files: [pi] }] })
    expect(await readFile(pi, "utf8")).toBe('{"anthropic": {"type":"oauth"}}')
    expect(await readFile(authOf(world), "utf8")).toBe(codex)
    const { targets } = await world.document()
    expect(targets.piCli).toEqual({ sourceHomes: {} })
    expect(targets.codexCli).toMatchObject({ activeLabel: "qa", homeDir: world.codexHome })
  })

  test("goes out of a remembered home, and the switched one stays on its label", async () => {
    await using world = await openTwoHomes(["boss", "qa"])
    await world.sync()
    await use(world, "boss")
    const other = join(world.home, "other")
    await mkdir(other, { mode: 0o700 })
    const file = join(other, "auth.json")
    await writeFile(file, await readFile(authOf(world)), { mode: 0o600 })
    await world.edit((document) =>
      patchTarget(document, "codexCli", { sourceHomes: { [other]: { label: "boss" } } }),
    )
    await use(world, "qa")
    await goneThere(world, "boss")
    const { pruned } = await world.sync(prune)
    expect(pruned).toMatchObject([{ store: other, outcome: "pruned" }])
    expect([existsSync(file), existsSync(authOf(world))]).toEqual([false, true])
    const { codexCli } = (await world.document()).targets
    expect(codexCli).toMatchObject({ activeLabel: "qa", homeDir: world.codexHome })
  })

  test("goes out of Claude Code's two files alone", async () => {
    await using world = await openTwoHomes(["boss"], {
      claudeAccounts: [{ name: "lessons" }, { name: "max" }],
    })
    for (const name of ["lessons", "max"]) await world.authority.claudeLabel(name)
    await world.sync({}, "anthropic")
    await use(world, "lessons", "claude")
    const { claudeAiOauth } = await readClaudeHome(world.home)
    await goneThere(world, "lessons", "anthropic")
    const { ok, pruned } = await world.sync(prune, "anthropic")
    expect({ ok, pruned }).toMatchObject({ ok: true, pruned: [{ outcome: "pruned" }] })
    const { credentials, appState } = await readClaudeHome(world.home)
    expect(credentials).toEqual({})
    expect(appState).toEqual({ hasCompletedOnboarding: true, hasAvailableSubscription: true })
    const document = await world.document()
    expect(keptIn(document)).toEqual([["lessons", "pruned", String(claudeAiOauth.refreshToken)]])
    expect(document.targets.claudeCli).toEqual({ sourceHomes: {} })
  })
})

describe("a client that may be renewing the login just now", () => {
  test("defers it all: nothing is imported, nothing is taken out", async () => {
    await using world = await openTwoHomes(["qa"], { others: ["boss"] })
    await world.authority.label("boss", { expiresInSeconds: 120 })
    await world.sync()
    await world.edit((document) => patchTarget(document, "codexCli", { activeLabel: "boss" }))
    const record = (await world.document()).credentials["openai-codex"]?.boss
    const store = await world.store()
    const { applyRecord } = await import("../../../src/targets/codex/apply.ts")
    await applyRecord(store, record ?? {}, null, Date.now())
    await goneThere(world, "boss")
    const before = [await world.text(), await readFile(authOf(world), "utf8")]
    using _client = world.client(world.codexHome)
    for (const dryRun of [true, false]) {
      const { ok, error } = await world.sync({ ...prune, dryRun })
      expect({ ok, error }).toMatchObject({
        ok: false,
        error: { code: "deferred_client_refreshing" },
      })
      expect([await world.text(), await readFile(authOf(world), "utf8")]).toEqual(before)
    }
  })

  test("with a lock of its own is waited for, and nothing is imported when it keeps it", async () => {
    await using world = await openTwoHomes(["boss", "qa"])
    await world.sync()
    await use(world, "boss", "pi")
    await goneThere(world, "boss")
    const before = await world.text()
    const pi = targetOf(world, "pi")
    const stuck = { ...pi, withPostLock: () => Promise.reject(stuckLock) }
    const targets = world.pool.targets.map((each) => (each.id === "pi" ? stuck : each))
    const { syncProvider } = await import("../../../src/operations/sync-provider.ts")
    const how = { from: world.authority.file, discardDirty: false, dryRun: false, ...prune }
    const done = syncProvider({ ...world.pool, targets }, "openai-codex", how)
    expect(await done.catch((error: unknown) => error)).toBe(stuckLock)
    expect(await world.text()).toBe(before)
  })
})

test("a file that can't be written is named; the login is kept, and the next sync does it", async () => {
  await using world = await bossIsGone()
  const full = { ...world.target, forget: () => Promise.reject(fullDisk) }
  const targets = world.pool.targets.map((each) => (each.id === "codex" ? full : each))
  const { syncProvider } = await import("../../../src/operations/sync-provider.ts")
  const how = { from: world.authority.file, discardDirty: false, dryRun: false, ...prune }
  const { ok, pruned } = await syncProvider({ ...world.pool, targets }, "openai-codex", how)
  expect({ ok, pruned }).toMatchObject({
    ok: false,
    pruned: [{ outcome: "codex_target_write_failed", detail: "no room", hint: "make some" }],
  })
  expect(keptIn(await world.document())).toHaveLength(1)
  expect(existsSync(authOf(world))).toBe(true)
  expect((await world.sync()).pruned).toMatchObject([{ outcome: "pruned" }])
  expect(existsSync(authOf(world))).toBe(false)
})

describe("a prune that was killed", () => {
  /** `boss` is no label any more; its login is live, and an intent says that it goes. */
  async function killed(pair: (live: string) => string): Promise<TwoHomes> {
    const world = await bossIsGone()
    await world.sync()
    const { label, at } = { label: "boss", at: "2026-11-01T00:00:00.000Z" }
    const live = String((await world.held()).refresh_token)
    const entry = { label, at, pair: pairHash(new Secret(pair(live))) }
    const pruneIntents = { [(await world.store()).realHome]: entry }
    await world.edit((document) => patchTarget(document, "codexCli", { pruneIntents }))
    return world
  }
  const intents = async (world: TwoHomes) =>
    (await world.document()).targets.codexCli?.pruneIntents as unknown

  test("is finished by the next sync, whatever its flags", async () => {
    await using world = await killed((live) => live)
    const { ok, pruned } = await world.sync()
    expect({ ok, pruned }).toMatchObject({ ok: true, pruned: [{ outcome: "pruned" }] })
    expect(existsSync(authOf(world))).toBe(false)
    expect(keptIn(await world.document())).toMatchObject([["boss", "pruned", expect.any(String)]])
    expect(await intents(world)).toBeUndefined()
  })

  test("is finished by a switch of that home, and by a tick", async () => {
    await using world = await killed((live) => live)
    expect(await use(world, "qa")).toMatchObject({ ok: true })
    expect(keptIn(await world.document())).toHaveLength(1)
    expect(await intents(world)).toBeUndefined()
    await using other = await killed((live) => live)
    await keepUp(other.pool, other.target, await other.store(), 300_000, emptyProgress())
    expect(existsSync(authOf(other))).toBe(false)
    const actions = other.pool.ledger.receipts({ limit: 9 }).map(({ action }) => action)
    expect(actions).toContain("codex_prune")
  })

  test("is taken back where another login is there by now, or it is a label again", async () => {
    await using world = await killed(() => "another")
    expect((await world.sync()).pruned).toMatchObject([{ outcome: "kept" }])
    expect(existsSync(authOf(world))).toBe(true)
    expect(await intents(world)).toBeUndefined()
    await using again = await killed((live) => live)
    await again.take("boss", again.codexHome)
    expect(keptIn(await again.document())).toEqual([])
    const { pruned } = await again.sync({ discardDirty: true })
    expect(pruned).toMatchObject([{ outcome: "kept" }])
    expect(existsSync(authOf(again))).toBe(true)
    expect(await intents(again)).toBeUndefined()
  })
})
