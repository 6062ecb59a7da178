import { expect, test } from "bun:test"
import { credentialRecord } from "../../src/domain/document.ts"
import { credentialFingerprint } from "../../src/domain/fingerprint.ts"
import type { JsonObject } from "../../src/domain/login.ts"
import { pairHash } from "../../src/domain/pair.ts"
import {
  PROMOTION_KIND,
  type Promotion,
  promotionEntry,
} from "../../src/domain/promotion/promotion.ts"
import { applyPromotionHere } from "../../src/operations/apply-promotion.ts"
import { refreshForConsumer } from "../../src/pool/refresh-for-consumer.ts"
import { Secret, seal } from "../../src/system/secret.ts"
import { failWith } from "../support/fail-with.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"

const KEY = { provider: "openai-codex", label: "boss" } as const

/** A consumer's promotion of a pair that it made out of what the authority has now. */
async function promotionOf(world: PoolWorld): Promise<{ promotion: Promotion; refresh: string }> {
  const base = credentialRecord(await world.document(), KEY.provider, KEY.label) as JsonObject
  const { tokens } = world.sim.authJson(world.sim.mintLogin("boss"))
  const { access_token: access, refresh_token: refresh, id_token: idToken } = tokens
  const record = { ...base, ...(seal({ access, refresh, idToken }) as JsonObject) }
  const { formerPairs: _none, ...alone } = record as JsonObject & { formerPairs?: unknown }
  const known = { credentialFingerprint: credentialFingerprint(KEY.provider, base) }
  const labels = { boss: promotionEntry(KEY.provider, alone, known) }
  const kind = PROMOTION_KIND[KEY.provider]
  return { promotion: { kind, sentAt: "", sourceAuthority: "", labels }, refresh }
}

test("a promoted pair reaches the stores of the authority's own clients, also when it is repeated", async () => {
  await using world = await openPoolWorld(["boss"])
  const dir = await world.label("boss")
  const { promotion, refresh } = await promotionOf(world)
  const { applied, stores } = await applyPromotionHere(world.pool, KEY.provider, promotion)
  expect([applied.status, stores.map(({ outcome }) => outcome)]).toEqual(["applied", ["reached"]])
  expect((await world.held(dir)).refresh_token).toBe(refresh)
  const again = await applyPromotionHere(world.pool, KEY.provider, promotion)
  expect([again.applied.status, again.stores]).toEqual(["noop", []])
})

test("what a client has renewed meanwhile is taken in first, and the promotion refused", async () => {
  await using world = await openPoolWorld(["boss"])
  const dir = await world.label("boss")
  const { promotion } = await promotionOf(world)
  const rotated = await world.rotate(dir)
  await failWith("promotion_conflict", () =>
    applyPromotionHere(world.pool, KEY.provider, promotion),
  )
  expect(await world.stored("boss")).toBe(rotated)
})

test("both outcomes leave a receipt without a token", async () => {
  await using world = await openPoolWorld(["boss"])
  await world.label("boss")
  const first = await promotionOf(world)
  const second = await promotionOf(world)
  await applyPromotionHere(world.pool, KEY.provider, first.promotion)
  await failWith("promotion_conflict", () =>
    applyPromotionHere(world.pool, KEY.provider, second.promotion),
  )
  const receipts = world.pool.ledger.receipts({ limit: 10 })
  const text = JSON.stringify(receipts)
  expect(text).toContain('"apply_codex_promotion"')
  expect(text).toContain('"promotion_conflict"')
  for (const refresh of [first.refresh, second.refresh]) expect(text).not.toContain(refresh)
})

test("a pair that a consumer asks for is posted once, and comes to this machine's stores", async () => {
  await using world = await openPoolWorld(["boss"])
  const dir = await world.label("boss")
  const known = pairHash(new Secret((await world.stored("boss")) ?? ""))
  const answer = await refreshForConsumer(world.pool, KEY, known)
  expect(answer.kind).toBe("pair")
  expect((await world.held(dir)).refresh_token).toBe((await world.stored("boss")) ?? "")
  expect((await refreshForConsumer(world.pool, KEY, known)).kind).toBe("pair")
  expect(world.posts()).toHaveLength(1)
})
