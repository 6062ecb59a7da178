import { describe, expect, test } from "bun:test"
import { join } from "node:path"
import { newAccount } from "../../src/domain/adopt/new-account.ts"
import { patchTarget, putAccount, putCredential } from "../../src/domain/document-edits.ts"
import { importStatus } from "../../src/domain/import/status.ts"
import { withLabelRenamed } from "../../src/domain/rename-label.ts"
import { activate } from "../../src/operations/activate.ts"
import { emptyProgress } from "../../src/operations/switch/receipt.ts"
import { keepUp } from "../../src/operations/watch/upkeep.ts"
import { AimError } from "../../src/system/errors.ts"
import { openAuthority, openTwoHomes, type TwoHomes } from "../support/two-homes.ts"
import { pictureOf, thrownBy } from "../vault/temp-vault.ts"

const imports = async (world: TwoHomes) => importStatus(await world.document(), "openai-codex")
const changes = ({ plan }: Awaited<ReturnType<TwoHomes["sync"]>>) =>
  plan.items.map(({ label, change, reason }) => [label, change, reason])
const use = (world: TwoHomes, label: string) =>
  activate(world.pool, world.target, {
    label,
    next: false,
    dryRun: false,
    adopt: null,
    replaceUnmanaged: false,
  })

describe("the first import", () => {
  test("brings every label, in the reference's shape, and reads the authority alone", async () => {
    await using world = await openTwoHomes(["boss", "qa"])
    const there = pictureOf(world.authority.home)
    const result = await world.sync()
    expect(result).toMatchObject({
      ok: true,
      imported: {
        source: world.authority.file,
        importedAt: expect.any(String),
        importedLabels: ["boss", "qa"],
        removedLabels: [],
      },
      liveApplied: null,
      liveApplyError: null,
      transport: "path",
      error: null,
    })
    expect(changes(result)).toEqual([
      ["boss", "added", "new"],
      ["qa", "added", "new"],
    ])
    expect(pictureOf(world.authority.home)).toEqual(there)
    expect(await world.stored("boss")).toBe(await world.authority.stored("boss"))
    expect(await imports(world)).toMatchObject({ labels: ["boss", "qa"], dirtyLabels: [] })
  })

  test("dry, it says the same and changes nothing", async () => {
    await using world = await openTwoHomes(["boss"])
    const before = pictureOf(world.home)
    const dry = await world.sync({ dryRun: true })
    expect(dry).toMatchObject({ ok: true, dryRun: true, imported: { importedLabels: ["boss"] } })
    expect(pictureOf(world.home)).toEqual(before)
    expect(changes(await world.sync())).toEqual(changes(dry))
  })

  test("leaves a receipt", async () => {
    await using world = await openTwoHomes(["boss"])
    await world.sync()
    const [receipt] = world.pool.ledger.receipts({ limit: 1 })
    expect(receipt).toMatchObject({ action: "codex_sync", status: "applied", target: "codex" })
    expect(receipt?.receipt).toMatchObject({
      source: world.authority.file,
      changes: [{ label: "boss", change: "added", reason: "new", dirty: false }],
    })
  })
})

test("an import that is stopped leaves a receipt that says why; a dry one none", async () => {
  await using world = await openTwoHomes(["boss"])
  await world.sync()
  await world.label("boss")
  await world.authority.label("boss")
  const newest = () => world.pool.ledger.receipts({ limit: 1 })[0]
  const before = newest()
  expect(await world.sync({ dryRun: true })).toMatchObject({ ok: false })
  expect(newest()).toEqual(before)
  expect(await world.sync()).toMatchObject({ ok: false, error: { code: "local_updates" } })
  expect(newest()).toMatchObject({ action: "codex_sync", status: "blocked", target: "codex" })
  expect(newest()?.receipt).toMatchObject({
    source: world.authority.file,
    labels: ["boss"],
    blockers: [{ kind: "local_updates" }],
  })
  await thrownBy(world.sync({ from: `${world.home}/nowhere` }))
  expect(newest()?.receipt).toMatchObject({ blockers: [{ kind: "authority_state_missing" }] })
})

describe("a further import", () => {
  test("brings what was renewed there, and the client that is on it follows", async () => {
    await using world = await openTwoHomes(["boss"])
    await world.sync()
    await use(world, "boss")
    await world.authority.label("boss")
    const result = await world.sync()
    expect(changes(result)).toEqual([["boss", "updated", "newer_there"]])
    expect(result).toMatchObject({ ok: true, liveApplied: { label: "boss" }, liveApplyError: null })
    expect((await world.held()).refresh_token).toBe(String(await world.authority.stored("boss")))
    expect(importStatus(await world.document(), "openai-codex").dirtyLabels).toEqual([])
  })

  test("first takes in what the client has renewed, and then does not bring the older one", async () => {
    await using world = await openTwoHomes(["boss"])
    await world.sync()
    await use(world, "boss")
    const rotated = await world.rotate(world.codexHome)
    const result = await world.sync()
    expect(changes(result)).toEqual([["boss", "kept", "newer_here"]])
    expect(result.captured).toMatchObject([{ label: "boss", reason: "newer_pair" }])
    expect(await world.stored("boss")).toBe(rotated)
    expect((await world.held()).refresh_token).toBe(rotated)
    // The authority's one is spent: what grew out of it is handed over at once.
    expect(result.promoted).toEqual({ labels: ["boss"], problem: null })
    expect(await world.authority.stored("boss")).toBe(rotated)
    expect((await imports(world)).dirtyLabels).toEqual([])
  })

  test("says so where the client can't follow", async () => {
    await using world = await openTwoHomes(["boss"], { others: ["guest"] })
    await world.sync()
    await use(world, "boss")
    await world.login("guest", { dir: world.codexHome })
    const result = await world.sync()
    expect(result).toMatchObject({ ok: false, liveApplied: { label: "boss", status: "blocked" } })
    expect(result.liveApplyError).toContain("guest")
  })

  test("of a label that has none there does not stop the others", async () => {
    await using world = await openTwoHomes(["boss"])
    await world.authority.edit((document) => putAccount(document, "qa", newAccount("openai-codex")))
    const result = await world.sync()
    expect(changes(result)).toEqual([
      ["boss", "added", "new"],
      ["qa", "added", "new_without_login"],
    ])
  })
})

describe("an import that can't be", () => {
  test("changes nothing where both sides have changed, and names the ways out", async () => {
    await using world = await openTwoHomes(["boss"])
    await world.sync()
    await world.take("boss", await world.login("boss"))
    await world.authority.label("boss")
    const [here, there] = [await world.text(), await world.authority.text()]
    const { ok, error } = await world.sync()
    expect(ok).toBe(false)
    expect(error).toMatchObject({ code: "local_updates" })
    expect(error?.message).toContain("boss")
    expect(error?.hint).toContain(`aim promote codex --to ${world.authority.file} boss`)
    expect(error?.hint).toContain("--discard-dirty")
    expect([await world.text(), await world.authority.text()]).toEqual([here, there])
    const mine = await world.stored("boss")
    expect(await world.sync({ discardDirty: true })).toMatchObject({ ok: true })
    expect(await world.stored("boss")).toBe(await world.authority.stored("boss"))
    const { quarantine = [] } = await world.document()
    expect(quarantine).toMatchObject([{ label: "boss", reason: "discarded" }])
    const kept = quarantine[0]?.credential.refresh as { reveal(): string } | undefined
    expect(kept?.reveal()).toBe(String(mine))
  })

  test("of nothing is refused: an empty answer is no order to remove all", async () => {
    await using world = await openTwoHomes(["boss"])
    await world.sync()
    await world.authority.edit((document) => putAccount(document, "boss", null))
    const before = await world.text()
    expect(await thrownBy(world.sync())).toMatchObject({
      problem: { code: "no_importable_labels" },
    })
    expect(await world.text()).toBe(before)
  })

  test("of nothing, where nothing was imported before, does not speak of letting go", async () => {
    await using world = await openTwoHomes(["boss"])
    const error = await thrownBy(world.sync({}, "anthropic"))
    const hint = error instanceof AimError ? error.problem.hint : null
    expect(hint).toContain("aim status")
    expect(hint).not.toContain("forget")
  })

  test("of this very state file is refused, and one of nowhere", async () => {
    await using world = await openTwoHomes()
    const self = world.pool.vault.paths.file
    expect(await thrownBy(world.sync({ from: self }))).toMatchObject({
      problem: { code: "authority_is_self" },
    })
    expect(await thrownBy(world.sync({ from: null }))).toMatchObject({
      problem: { code: "missing_authority" },
    })
  })
})

describe("a label that is gone there", () => {
  test("goes here too; its live login stays, and that is said", async () => {
    await using world = await openTwoHomes(["boss", "qa"])
    await world.sync()
    await use(world, "boss")
    await world.authority.edit((document) =>
      putAccount(putCredential(document, "openai-codex", "boss", null), "boss", null),
    )
    const live = await world.held()
    const result = await world.sync()
    expect(result.imported).toMatchObject({ importedLabels: ["qa"], removedLabels: ["boss"] })
    expect(result.warnings).toMatchObject([{ kind: "orphaned_live_login", label: "boss" }])
    expect(await world.held()).toEqual(live)
    const { accounts, targets } = await world.document()
    expect(Object.keys(accounts)).toEqual(["qa"])
    expect(targets.codexCli?.activeLabel).toBeUndefined()
  })

  test("is renamed where it is only called otherwise there: its homes are still kept up", async () => {
    await using world = await openTwoHomes(["boss"])
    await world.sync()
    await use(world, "boss")
    const sourceHomes = { [join(world.home, "other")]: { label: "boss" } }
    await world.edit((document) => patchTarget(document, "codexCli", { sourceHomes }))
    await world.authority.edit((document) =>
      withLabelRenamed(document, "openai-codex", "boss", "chief"),
    )
    const result = await world.sync()
    expect(changes(result)).toEqual([["chief", "kept", "same"]])
    expect(result).toMatchObject({
      ok: true,
      warnings: [],
      imported: { importedLabels: ["chief"], removedLabels: ["boss"] },
      liveApplied: { label: "chief", status: "noop" },
    })
    const { targets } = await world.document()
    expect(targets.codexCli?.activeLabel).toBe("chief")
    expect(Object.values(targets.codexCli?.sourceHomes ?? {})).toMatchObject([{ label: "chief" }])
    const [receipt] = world.pool.ledger.receipts({ limit: 1, target: "codex" })
    expect(receipt?.receipt.changes).toMatchObject([{ label: "chief", from: "boss" }])
  })

  test("stays where it is only another authority that has never had it", async () => {
    await using world = await openTwoHomes(["boss", "qa"])
    await world.sync()
    const other = await openAuthority(world, "other")
    await other.label("qa")
    const result = await world.sync({ from: other.file, discardDirty: true })
    other.pool.ledger.close()
    expect(changes(result)).toMatchObject([
      ["boss", "kept", "other_authority"],
      ["qa", "updated", expect.any(String)],
    ])
    expect((await imports(world)).labels).toEqual(["qa"])
    expect(Object.keys((await world.document()).accounts)).toEqual(["boss", "qa"])
  })
})

test("an import whose ground moves is planned anew", async () => {
  await using world = await openTwoHomes(["boss"])
  await world.sync()
  await use(world, "boss")
  await world.authority.label("boss")
  // A client renews between the look and the leases: what was foreseen is a conflict by now.
  const { vault } = world.pool
  let once = true
  const withLabels: typeof vault.withLabels = async (keys, work, waitMs) => {
    if (once) {
      once = false
      await world.rotate(world.codexHome)
    }
    return vault.withLabels(keys, work, waitMs)
  }
  const pool = { ...world.pool, vault: { ...vault, withLabels } }
  const { syncProvider } = await import("../../src/operations/sync-provider.ts")
  const how = { from: world.authority.file, discardDirty: false, pruneLive: false, dryRun: false }
  const result = await syncProvider(pool, "openai-codex", how)
  expect(result).toMatchObject({ ok: false, error: { code: "local_updates" } })
  expect(await world.stored("boss")).toBe((await world.held()).refresh_token)
})

test("a tick of the watch hands over what the client has renewed", async () => {
  await using world = await openTwoHomes(["boss"])
  await world.sync()
  await use(world, "boss")
  const rotated = await world.rotate(world.codexHome)
  const store = await world.store()
  await keepUp(world.pool, world.target, store, 300_000, emptyProgress())
  expect(await world.stored("boss")).toBe(rotated)
  expect(await world.authority.stored("boss")).toBe(rotated)
  expect((await imports(world)).dirtyLabels).toEqual([])
})

test("the active label that is not imported is left alone", async () => {
  await using world = await openTwoHomes(["qa"], { others: ["boss"] })
  await world.label("boss")
  await use(world, "boss")
  await world.edit((document) => patchTarget(document, "codexCli", {}))
  expect(await world.sync()).toMatchObject({ ok: true, liveApplied: null, liveApplyError: null })
})
