import { describe, expect, test } from "bun:test"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { activate } from "../../src/operations/activate.ts"
import { UNASKED, WATCH_DEFAULTS } from "../../src/operations/watch/options.ts"
import { watchOnce } from "../../src/operations/watch-once.ts"
import { keyOf } from "../../src/pool/pool.ts"
import { quota } from "../e2e/support/quota.ts"
import { read } from "../support/pool-readings.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"

const tick = (world: PoolWorld, options = {}) =>
  watchOnce(world.pool, world.target, { ...WATCH_DEFAULTS, ...options })

/** Codex on boss; its reading is of 5 minutes ago and older, so that a tick asks. */
async function onBoss() {
  const world = await openPoolWorld([
    { name: "boss", ...quota(40, 20) },
    { name: "qa", ...quota(10, 20) },
  ])
  await world.label("boss")
  await activate(world.pool, world.target, UNASKED)
  await world.label("qa")
  world.pool.ledger.saveReading(keyOf("openai-codex", "boss"), read(40, 20, 11), true)
  return world
}

describe("a tick", () => {
  test("waits for a client that may be refreshing, and says when to look again", async () => {
    await using world = await openPoolWorld(["boss", "qa"])
    await world.label("boss", { dir: world.codexHome, expiresInSeconds: 120 })
    await world.label("qa")
    using _client = world.client(world.codexHome)
    const before = await readFile(join(world.codexHome, "auth.json"), "utf8")
    const { ok, receipt } = await tick(world)
    expect(ok).toBe(true)
    expect(receipt).toMatchObject({
      status: "noop",
      currentLabelAfter: "boss",
      blockers: [],
      decision: { reason: "deferred_client_refreshing", numbers: { retryInSeconds: 60 } },
    })
    expect(receipt.warnings.map(({ kind }) => kind)).toEqual(["deferred_client_refreshing"])
    const next = await tick(world)
    expect([next.receipt.warnings.length, next.news, next.run?.count]).toEqual([1, [], 2])
    expect(world.posts()).toEqual([])
    expect(await readFile(join(world.codexHome, "auth.json"), "utf8")).toBe(before)
  })

  test("leaves a home that its client writes anew at every attempt to the next look", async () => {
    await using world = await onBoss()
    world.pool.ledger.saveReading(keyOf("openai-codex", "boss"), read(95, 20, 0), true)
    world.sim.setUsage("boss", quota(95, 20))
    const apply = async () => ({ kind: "moved" }) as const
    const { ok, receipt } = await watchOnce(world.pool, { ...world.target, apply }, WATCH_DEFAULTS)
    expect(ok).toBe(true)
    expect(receipt).toMatchObject({
      status: "noop",
      currentLabelAfter: "boss",
      blockers: [],
      decision: { reason: "deferred_client_refreshing", numbers: {} },
    })
    expect(receipt.warnings.map(({ kind }) => kind)).toEqual(["store_keeps_changing"])
    expect((await tick(world)).receipt).toMatchObject({
      status: "activated",
      currentLabelAfter: "qa",
    })
  })

  test("takes in what the client renewed, and brings it to the label's other homes", async () => {
    await using world = await onBoss()
    const token = await world.rotate(world.codexHome)
    const { receipt } = await tick(world)
    expect(receipt).toMatchObject({
      status: "noop",
      captured: [{ label: "boss", reason: "newer_pair" }],
      stores: [{ store: `${world.home}/logins/boss`, outcome: "reached" }],
    })
    expect(await world.stored("boss")).toBe(token)
    expect((await world.held(`${world.home}/logins/boss`)).refresh_token).toBe(token)
  })

  test("renews what ends before the next looks, not what ends after them", async () => {
    await using world = await openPoolWorld(["boss"])
    await world.label("boss", { dir: world.codexHome, expiresInSeconds: 40 * 60 })
    expect((await tick(world)).receipt.refreshed).toEqual([])
    const { receipt } = await tick(world, { intervalSeconds: 1800 })
    expect(receipt.refreshed).toEqual([{ label: "boss", outcome: "refreshed" }])
    expect((await world.held()).refresh_token).toBe(String(await world.stored("boss")))
  })

  test("tells of a warning once", async () => {
    await using world = await onBoss()
    world.sim.addFault({ path: "*", kind: "status", status: 503 })
    expect((await tick(world)).news.map(({ kind }) => kind)).toEqual(["provider_unreachable"])
    expect((await tick(world)).news).toEqual([])
  })
})

test("among labels near their limits a hundred ticks make few moves", async () => {
  const names = ["boss", "qa", "spare", "lessons"]
  await using world = await openPoolWorld(names)
  for (const name of names) await world.label(name)
  const used = new Map(names.map((name, n) => [name, 80 + 3 * n]))
  let served: string | null = null
  let moves = 0
  for (let n = 100; n > 0; n--) {
    for (const name of names) {
      const noise = (n * 7 + name.length) % 3
      world.sim.setUsage(name, quota(Math.min(100, (used.get(name) ?? 0) + noise), 70))
      world.pool.ledger.saveReading(
        keyOf("openai-codex", name),
        read(Math.min(100, (used.get(name) ?? 0) + noise), 70, 2),
        name === served,
      )
    }
    const { receipt } = await tick(world)
    if (receipt.currentLabelAfter !== served) moves += 1
    served = receipt.currentLabelAfter
    const now = used.get(served ?? "") ?? 0
    used.set(served ?? "", Math.min(99, now + 0.2))
  }
  expect(moves).toBeLessThan(12)
})
