import { describe, expect, test } from "bun:test"
import { mkdir, readFile, rename } from "node:fs/promises"
import { join } from "node:path"
import { noteVerdict } from "../../src/domain/credential-edits.ts"
import { dropImport, putImport } from "../../src/domain/import/block.ts"
import { importStatus } from "../../src/domain/import/status.ts"
import { pairHash } from "../../src/domain/pair.ts"
import { withLabelRenamed } from "../../src/domain/rename-label.ts"
import { promotePending } from "../../src/operations/promote/pending.ts"
import { keyOf } from "../../src/pool/pool.ts"
import { refreshLabel } from "../../src/pool/refresh.ts"
import { now } from "../../src/system/clock.ts"
import { Secret } from "../../src/system/secret.ts"
import { readInflight } from "../../src/vault/inflight.ts"
import { writeScript } from "../support/authority-world.ts"
import { openTwoHomes, type TwoHomes } from "../support/two-homes.ts"

const boss = keyOf("openai-codex", "boss")
const DUE = { expiresInSeconds: 10 * 60 }

/** The label is due on both sides, by one pair. */
async function dueOnBoth(): Promise<TwoHomes> {
  const world = await openTwoHomes([], { others: ["boss", "qa"] })
  await world.authority.label("boss", DUE)
  await world.sync()
  return world
}
const refresh = (world: TwoHomes) => refreshLabel(world.pool, boss)
const dirty = async (world: TwoHomes) =>
  importStatus(await world.document(), "openai-codex").dirtyLabels
const away = async (world: TwoHomes) => {
  await rename(world.authority.file, `${world.authority.file}.away`)
  return () => rename(`${world.authority.file}.away`, world.authority.file)
}

describe("an imported label that is due", () => {
  test("is renewed by its authority; nothing is posted here", async () => {
    await using world = await dueOnBoth()
    const before = await world.stored("boss")
    expect(await refresh(world)).toMatchObject({ kind: "taken", from: world.authority.file })
    expect(world.posts()).toHaveLength(1)
    expect(await world.stored("boss")).not.toBe(before)
    expect(await world.stored("boss")).toBe(await world.authority.stored("boss"))
    expect(await dirty(world)).toEqual([])
    expect(world.authority.pool.ledger.receipts({ limit: 1 })).toMatchObject([
      { action: "refresh", receipt: { askedBy: "consumer" } },
    ])
    expect(await refresh(world)).toEqual({ kind: "not_due" })
  })

  test("takes what the authority has renewed before; nothing is posted at all", async () => {
    await using world = await dueOnBoth()
    await world.authority.label("boss")
    expect(await refresh(world)).toMatchObject({ kind: "taken" })
    expect(world.posts()).toEqual([])
    expect(await world.stored("boss")).toBe(await world.authority.stored("boss"))
  })

  test("however many consumers ask, it is posted once", async () => {
    await using world = await dueOnBoth()
    const all = await Promise.all([refresh(world), refresh(world), refresh(world)])
    expect(all.map(({ kind }) => kind).sort()).toEqual(["not_due", "not_due", "taken"])
    expect(world.posts()).toHaveLength(1)
  })

  test("is posted here while nobody can be reached there, and handed over later", async () => {
    await using world = await dueOnBoth()
    const back = await away(world)
    expect(await refresh(world)).toEqual({ kind: "refreshed" })
    expect(world.posts()).toHaveLength(1)
    expect(await dirty(world)).toEqual(["boss"])
    await back()
    expect(await promotePending(world.pool, "openai-codex")).toMatchObject({ labels: [] })
    // The time for which it is let alone is over.
    const ledger = { ...world.pool.ledger, digest: () => null }
    const later = { ...world.pool, ledger }
    expect(await promotePending(later, "openai-codex")).toMatchObject({ labels: ["boss"] })
    expect(await world.authority.stored("boss")).toBe(await world.stored("boss"))
  })

  test("whose pair here is the newer one makes the authority post nothing", async () => {
    await using world = await dueOnBoth()
    await world.take("boss", await world.login("boss", DUE))
    expect(await refresh(world)).toEqual({ kind: "refreshed" })
    const there = String(await world.authority.stored("boss"))
    const posted = world.posts().map(({ refreshTokenHash }) => refreshTokenHash)
    expect(posted).toHaveLength(1)
    expect(posted).not.toContain(pairHash(new Secret(there)))
    expect(await dirty(world)).toEqual(["boss"])
  })

  test("that the issuer refuses there counts as dead here", async () => {
    await using world = await dueOnBoth()
    world.sim.revoke("boss")
    expect(await refresh(world)).toMatchObject({ kind: "dead" })
    expect(world.posts()).toHaveLength(1)
    expect(await refresh(world)).toMatchObject({ kind: "dead", known: true })
    expect(world.posts()).toHaveLength(1)
  })

  test.each(["free", "another's"])(
    "that was renamed there is renewed there, its old name %s",
    async (name) => {
      await using world = await dueOnBoth()
      await world.authority.edit((document) =>
        withLabelRenamed(document, "openai-codex", "boss", "chief"),
      )
      if (name === "another's") {
        await world.authority.label("qa", DUE)
        await world.authority.edit((document) =>
          withLabelRenamed(document, "openai-codex", "qa", "boss"),
        )
      }
      expect(await refresh(world)).toMatchObject({ kind: "taken" })
      expect(world.posts()).toHaveLength(1)
      expect(await world.stored("boss")).toBe(await world.authority.stored("chief"))
      expect(await refresh(world)).toEqual({ kind: "not_due" })
    },
  )

  test("of two that are each other's authority is posted, and nobody waits for ever", async () => {
    await using world = await dueOnBoth()
    const entry = { baseCredentialFingerprint: null }
    await world.authority.edit((document) =>
      putImport(document, "openai-codex", {
        source: world.pool.vault.paths.file,
        importedAt: null,
        entries: { boss: entry },
      }),
    )
    expect(await refresh(world)).toMatchObject({ kind: "taken" })
    expect(world.posts()).toHaveLength(1)
    expect(await world.stored("boss")).toBe(await world.authority.stored("boss"))
  })

  test("whose authority is this very file is posted", async () => {
    await using world = await dueOnBoth()
    const source = world.pool.vault.paths.file
    await world.edit((document) =>
      putImport(document, "openai-codex", { source, importedAt: null, entries: { boss: {} } }),
    )
    expect(await refresh(world)).toEqual({ kind: "refreshed" })
  })

  test("of this machine asks nobody", async () => {
    await using world = await dueOnBoth()
    await world.edit((document) => dropImport(document, "openai-codex"))
    expect(await refresh(world)).toEqual({ kind: "refreshed" })
  })
})

test("a login that the issuer refuses is looked up at the authority first", async () => {
  await using world = await openTwoHomes()
  await world.sync()
  const pair = pairHash(new Secret(String(await world.stored("boss"))))
  await world.edit((document) => noteVerdict(document, boss, pair, "refresh_token_reused", now()))
  expect(await refresh(world)).toMatchObject({ kind: "dead", known: true })
  await world.authority.label("boss")
  expect(await refresh(world)).toMatchObject({ kind: "taken" })
  expect(await world.stored("boss")).toBe(await world.authority.stored("boss"))
  expect(world.posts()).toEqual([])
})

test("an authority that was not reached is let alone for a while", async () => {
  await using world = await dueOnBoth()
  const back = await away(world)
  await refresh(world)
  await back()
  await world.authority.label("boss")
  expect(await refreshLabel(world.pool, boss, true)).toEqual({ kind: "refreshed" })
})

describe("an authority that was asked and never answered", () => {
  /** The label's authority is behind an `ssh` that is cut off once the question is through. */
  async function cutOff(minting: { expiresInSeconds: number }): Promise<TwoHomes> {
    const world = await openTwoHomes([], { others: ["boss"] })
    await world.authority.label("boss", minting)
    await world.sync()
    await source(world, "ssh://studio")
    const bin = join(world.home, "bin")
    await mkdir(bin)
    await writeScript(join(bin, "ssh"), `echo asked >> "${bin}/log"; exit 255`)
    const env = { ...world.pool.homes.env, PATH: `${bin}:${process.env.PATH}` }
    world.pool.homes = { ...world.pool.homes, env }
    return world
  }
  const source = (world: TwoHomes, text: string) =>
    world.edit((document) =>
      putImport(document, "openai-codex", {
        source: text,
        importedAt: null,
        entries: { boss: { baseCredentialFingerprint: null } },
      }),
    )
  const askedTimes = async (world: TwoHomes) =>
    (await readFile(join(world.home, "bin", "log"), "utf8")).trim().split("\n").length
  /** As if the time for which it is let alone were over. */
  const later = (world: TwoHomes) => ({
    ...world.pool,
    ledger: { ...world.pool.ledger, digest: () => null },
  })

  test("may have spent the pair: nothing is posted here while the access token lives", async () => {
    await using world = await cutOff(DUE)
    for (let round = 0; round < 3; round++)
      expect(await refresh(world)).toMatchObject({ kind: "transient" })
    expect(await askedTimes(world)).toBe(1)
    expect(await refreshLabel(later(world), boss)).toMatchObject({ kind: "transient" })
    expect(await askedTimes(world)).toBe(2)
    expect(world.posts()).toEqual([])
    // It had: its answer is taken as soon as one comes, and the label is whole again.
    await refreshLabel(world.authority.pool, boss, true)
    await source(world, world.authority.file)
    expect(await refresh(world)).toMatchObject({ kind: "taken" })
    expect(world.posts()).toHaveLength(1)
    expect(await readInflight(world.pool.vault, boss)).toBeNull()
    expect(await refresh(world)).toEqual({ kind: "not_due" })
  })

  test("is asked once more before a label with no living access token is posted here", async () => {
    await using world = await cutOff({ expiresInSeconds: -60 })
    expect(await refresh(world)).toMatchObject({ kind: "transient" })
    expect(world.posts()).toEqual([])
    expect(await refresh(world)).toEqual({ kind: "refreshed" })
    expect(await askedTimes(world)).toBe(2)
    expect(world.posts()).toHaveLength(1)
  })

  test("and spent it: the login is named interrupted, not refused, when it is posted here", async () => {
    await using world = await cutOff({ expiresInSeconds: -60 })
    await refresh(world)
    await refreshLabel(world.authority.pool, boss, true)
    expect(await refresh(world)).toMatchObject({ kind: "dead", reason: "refresh_interrupted" })
  })
})
