import { describe, expect, test } from "bun:test"
import { codexCredential } from "../../src/domain/document.ts"
import { putAccount, putCredential } from "../../src/domain/document-edits.ts"
import { pairHash } from "../../src/domain/pair.ts"
import { keyOf } from "../../src/pool/pool.ts"
import type { RefreshOutcome } from "../../src/pool/refresh-outcome.ts"
import { settleReply } from "../../src/pool/settle.ts"
import { tokenBody } from "../../src/simulator/oauth.ts"
import { Secret } from "../../src/system/secret.ts"
import type { StoredReply } from "../../src/vault/inflight.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"
import { goodReply, replyOf } from "./interrupted.ts"

const boss = keyOf("openai-codex", "boss")
const AT = Date.UTC(2026, 10, 21, 12)

async function withBoss(): Promise<PoolWorld> {
  const world = await openPoolWorld(["boss", "thief"])
  await world.label("boss")
  return world
}

/** Settles a reply to a post of the pair that is stored now, or of another one. */
async function settle(
  world: PoolWorld,
  reply: StoredReply,
  posted: string | null = null,
): Promise<RefreshOutcome> {
  const pair = pairHash(new Secret(posted ?? String(await world.stored("boss"))))
  return world.leased("boss", () =>
    settleReply(world.pool, boss, { pair, mayBeSpent: false }, reply, AT),
  )
}

const kept = async (world: PoolWorld) =>
  ((await world.document()).quarantine ?? []).map(({ id, reason, label, provider, at }) => {
    expect([provider, at]).toEqual(["openai-codex", new Date(AT).toISOString()])
    return { id, reason, label }
  })

const REFUSED = replyOf({ error: { code: "refresh_token_reused" } }, 401)

describe("a reply that comes too late", () => {
  const OTHER = "a pair of before"

  test("with a new pair goes to quarantine, if another pair is stored by now", async () => {
    await using world = await withBoss()
    const before = await world.stored("boss")
    const outcome = await settle(world, goodReply(world, "boss").reply, OTHER)
    expect(outcome).toMatchObject({ kind: "quarantined", reason: "pair_replaced" })
    expect(await kept(world)).toEqual([
      { id: "id" in outcome ? outcome.id : "", reason: "pair_replaced", label: "boss" },
    ])
    expect(await world.stored("boss")).toBe(before)
  })

  test("or if the label is gone", async () => {
    await using world = await withBoss()
    const { reply } = goodReply(world, "boss")
    await world.edit((document) =>
      putCredential(putAccount(document, "boss", null), "openai-codex", "boss", null),
    )
    expect(await settle(world, reply, OTHER)).toMatchObject({ reason: "label_gone" })
    expect(await kept(world)).toMatchObject([{ reason: "label_gone", label: "boss" }])
  })

  test("and can't be read is kept whole, if it says success", async () => {
    await using world = await withBoss()
    expect(await settle(world, replyOf("<html>"), OTHER)).toMatchObject({ reason: "pair_replaced" })
    expect(JSON.parse(await world.text()).quarantine).toMatchObject([
      { credential: { rawReply: "<html>" } },
    ])
  })

  test("and brought nothing is dropped: no verdict falls on a pair that it did not judge", async () => {
    await using world = await withBoss()
    const before = await world.text()
    for (const reply of [REFUSED, replyOf("busy", 503)])
      expect(await settle(world, reply, OTHER)).toEqual({ kind: "superseded" })
    expect(await world.text()).toBe(before)
  })
})

describe("a reply that was settled before, by an aim that was killed after its commit", () => {
  test("is refreshed if its pair is the stored one, and superseded if it was", async () => {
    await using world = await withBoss()
    const posted = String(await world.stored("boss"))
    const { reply } = goodReply(world, "boss")
    await settle(world, reply)
    const settled = await world.text()
    expect(await settle(world, reply, posted)).toEqual({ kind: "refreshed" })
    expect(await world.text()).toBe(settled)
    await settle(world, goodReply(world, "boss").reply)
    const later = await world.text()
    expect(await settle(world, reply, posted)).toEqual({ kind: "superseded" })
    expect(await world.text()).toBe(later)
  })

  test("an access token alone, under the same refresh token, is news", async () => {
    await using world = await withBoss()
    const { refresh_token: _same, ...body } = tokenBody(world.sim.mintLogin("boss"), AT)
    expect(await settle(world, replyOf(body))).toEqual({ kind: "refreshed" })
    const { access } = codexCredential(await world.document(), "boss") ?? {}
    expect(access?.reveal()).toBe(String(body.access_token))
    expect((await world.document()).quarantine).toBeUndefined()
  })
})
