import { describe, expect, test } from "bun:test"
import { codexCredential } from "../../src/domain/document.ts"
import { pairHash } from "../../src/domain/pair.ts"
import { keyOf } from "../../src/pool/pool.ts"
import type { RefreshOutcome } from "../../src/pool/refresh-outcome.ts"
import { settleReply } from "../../src/pool/settle.ts"
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
  { mayBeSpent = false } = {},
): Promise<RefreshOutcome> {
  const pair = pairHash(new Secret(String(await world.stored("boss"))))
  return world.leased("boss", () => settleReply(world.pool, boss, { pair, mayBeSpent }, reply, AT))
}

const kept = async (world: PoolWorld) =>
  ((await world.document()).quarantine ?? []).map(({ id, reason, label, provider, at }) => {
    expect([provider, at]).toEqual(["openai-codex", new Date(AT).toISOString()])
    return { id, reason, label }
  })

const REFUSED = replyOf({ error: { code: "refresh_token_reused" } }, 401)

describe("a reply for the stored pair", () => {
  test("with a new pair makes it the label's, the old one a former pair", async () => {
    await using world = await withBoss()
    const before = new Secret(String(await world.stored("boss")))
    const { reply, refresh } = goodReply(world, "boss")
    expect(await settle(world, reply)).toEqual({ kind: "refreshed" })
    const credential = codexCredential(await world.document(), "boss")
    expect(credential?.refresh.reveal()).toBe(refresh)
    expect(credential?.formerPairs).toEqual([pairHash(before)])
    expect(credential?.lastRefresh).toBe(new Date(AT).toISOString())
    expect(await kept(world)).toEqual([])
  })

  test.each([
    ["is the issuer's verdict on it", false, "refresh_token_reused"],
    ["after a doubtful post reads as interrupted", true, "refresh_interrupted"],
  ])("that refuses it for good %s", async (_name, mayBeSpent, reason) => {
    await using world = await withBoss()
    const outcome = await settle(world, REFUSED, { mayBeSpent })
    expect(outcome).toEqual({ kind: "dead", reason, known: false })
    const credential = codexCredential(await world.document(), "boss")
    const pair = pairHash(new Secret(String(await world.stored("boss"))))
    expect(credential?.verdict).toEqual({ reason, pair, at: new Date(AT).toISOString() })
  })

  test("with another account's tokens goes to quarantine, once, and the label stays as it is", async () => {
    await using world = await withBoss()
    const { reply, refresh } = goodReply(world, "thief")
    const before = await world.stored("boss")
    const first = await settle(world, reply)
    const [entry] = await kept(world)
    expect(entry).toMatchObject({ reason: "wrong_identity", label: "boss" })
    const id = String(entry?.id)
    expect(first).toEqual({ kind: "quarantined", reason: "wrong_identity", id })
    expect(await settle(world, reply)).toEqual(first)
    expect(await kept(world)).toHaveLength(1)
    expect(JSON.parse(await world.text()).quarantine).toMatchObject([{ credential: { refresh } }])
    expect(await world.stored("boss")).toBe(before)
  })

  test("that can't be read although it says success is kept whole, once", async () => {
    await using world = await withBoss()
    const reply = replyOf("<html>")
    const first = await settle(world, reply)
    const [entry] = await kept(world)
    expect(entry).toMatchObject({ reason: "reply_unreadable", label: "boss" })
    const id = String(entry?.id)
    expect(first).toEqual({ kind: "quarantined", reason: "reply_unreadable", id })
    expect(await settle(world, reply)).toEqual(first)
    expect(JSON.parse(await world.text()).quarantine).toMatchObject([
      { credential: { rawReply: "<html>" } },
    ])
  })

  const UNCLEAR: [number, string, RefreshOutcome][] = [
    [503, "busy", { kind: "transient", detail: "http_503" }],
    [429, "{}", { kind: "rate_limited", retryAfterMs: 7000 }],
    [403, "{}", { kind: "unauthorized", detail: "http_403" }],
    [307, "<html>", { kind: "protocol", detail: "http_307" }],
  ]
  test.each(UNCLEAR)(
    "that says nothing for good (%d) changes nothing",
    async (status, body, outcome) => {
      const reply = replyOf(body, status, "7")
      await using world = await withBoss()
      const before = await world.text()
      expect(await settle(world, reply)).toEqual(outcome)
      expect(await world.text()).toBe(before)
    },
  )
})
