import { describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import { codexCredential } from "../../src/domain/document.ts"
import { keyOf } from "../../src/pool/pool.ts"
import { refreshLabel } from "../../src/pool/refresh.ts"
import { Secret } from "../../src/system/secret.ts"
import { readInflight } from "../../src/vault/inflight.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"
import { leavePost, replyOf } from "./interrupted.ts"

const boss = keyOf("openai-codex", "boss")
/** A live label is due with less than 15 minutes and one and a half ticks of 5 minutes left. */
const DUE = { expiresInSeconds: 22 * 60 }
const NOT_DUE = { expiresInSeconds: 23 * 60 }

const accessOf = async (world: PoolWorld) =>
  codexCredential(await world.document(), "boss")?.access ?? new Secret("")
const noteOf = (world: PoolWorld) => readInflight(world.pool.vault, boss)

describe("a label is posted once", () => {
  test("when it is due, and its new pair is stored", async () => {
    await using world = await openPoolWorld()
    await world.label("boss", DUE)
    const before = await world.stored("boss")
    expect(await refreshLabel(world.pool, boss)).toEqual({ kind: "refreshed" })
    expect(await world.stored("boss")).toBe(String(world.sim.liveRefreshTokens("boss").at(-1)))
    expect(await world.stored("boss")).not.toBe(before)
    expect(await noteOf(world)).toBeNull()
    expect(await refreshLabel(world.pool, boss)).toEqual({ kind: "not_due" })
    expect(world.posts()).toHaveLength(1)
  })

  test("when it is not due only by force", async () => {
    await using world = await openPoolWorld()
    await world.label("boss", NOT_DUE)
    expect(await refreshLabel(world.pool, boss)).toEqual({ kind: "not_due" })
    expect(world.posts()).toHaveLength(0)
    expect(await refreshLabel(world.pool, boss, true)).toEqual({ kind: "refreshed" })
    expect(world.posts()).toHaveLength(1)
  })

  test("for an access token that was refused, unless it has been replaced meanwhile", async () => {
    await using world = await openPoolWorld()
    await world.label("boss", NOT_DUE)
    const refused = await accessOf(world)
    expect(await refreshLabel(world.pool, boss, { refused })).toEqual({ kind: "refreshed" })
    expect(await refreshLabel(world.pool, boss, { refused })).toEqual({ kind: "not_due" })
    expect(world.posts()).toHaveLength(1)
  })

  test("by however many ask at a time", async () => {
    await using world = await openPoolWorld()
    await world.label("boss", DUE)
    const all = await Promise.all([1, 2, 3].map(() => refreshLabel(world.pool, boss)))
    expect(all.map(({ kind }) => kind).sort()).toEqual(["not_due", "not_due", "refreshed"])
    expect(world.posts()).toHaveLength(1)
  })
})

describe("nothing is posted", () => {
  test("where a live store holds a newer pair: that one is captured", async () => {
    await using world = await openPoolWorld()
    const dir = await world.label("boss", DUE)
    const rotated = await world.rotate(dir)
    await leavePost(world, "boss", null)
    const outcome = await refreshLabel(world.pool, boss, true)
    expect(outcome).toEqual({ kind: "captured", store: dir })
    expect(await world.stored("boss")).toBe(rotated)
    expect(world.posts()).toHaveLength(1)
    expect(await noteOf(world)).toBeNull()
  })

  test("where a client's newer pair ends the verdict on the pair that it spent", async () => {
    await using world = await openPoolWorld()
    const dir = await world.label("boss", NOT_DUE)
    const error = { error: "refresh_token_reused" }
    await leavePost(world, "boss", replyOf(error, 401))
    const rotated = await world.rotate(dir)
    expect(await refreshLabel(world.pool, boss)).toEqual({ kind: "captured", store: dir })
    expect(codexCredential(await world.document(), "boss")?.verdict).toBeFalsy()
    expect(await world.stored("boss")).toBe(rotated)
  })

  test("while a client may be refreshing", async () => {
    await using world = await openPoolWorld()
    const dir = await world.label("boss", { expiresInSeconds: 60 })
    using client = world.client(dir)
    expect(await refreshLabel(world.pool, boss, true)).toMatchObject({
      kind: "deferred",
      deferral: { store: dir, holders: [{ pid: client.pid }] },
    })
    expect(world.posts()).toHaveLength(0)
    expect(existsSync(world.pool.vault.paths.inflight)).toBe(false)
  })

  test("of one login under two names: neither is", async () => {
    await using world = await openPoolWorld()
    const dir = await world.label("boss", DUE)
    await world.take("twin", dir)
    expect(await refreshLabel(world.pool, boss)).toEqual({ kind: "duplicate", of: "twin" })
    expect(world.posts()).toHaveLength(0)
  })

  test("for a label that has no login", async () => {
    await using world = await openPoolWorld()
    const key = keyOf("openai-codex", "nobody")
    expect(await refreshLabel(world.pool, key, true)).toEqual({ kind: "no_login" })
  })

  test("for a pair that the issuer has judged dead, even by force", async () => {
    await using world = await openPoolWorld()
    await world.label("boss", DUE)
    world.sim.expire("boss", "refresh")
    const reason = "refresh_token_expired"
    expect(await refreshLabel(world.pool, boss)).toEqual({ kind: "dead", reason, known: false })
    expect(await refreshLabel(world.pool, boss, true)).toEqual({
      kind: "dead",
      reason,
      known: true,
    })
    expect(world.posts()).toHaveLength(1)
  })
})
