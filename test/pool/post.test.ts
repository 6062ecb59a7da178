import { describe, expect, test } from "bun:test"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { pairHash } from "../../src/domain/pair.ts"
import { keyOf } from "../../src/pool/pool.ts"
import { postPair } from "../../src/pool/post.ts"
import { Secret } from "../../src/system/secret.ts"
import { readInflight } from "../../src/vault/inflight.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"

const TOKEN = "/oauth/token"
const boss = keyOf("openai-codex", "boss")

async function withBoss(): Promise<PoolWorld & { dir: string }> {
  const world = await openPoolWorld()
  return { ...world, dir: await world.label("boss") }
}

/** Posts the pair that is stored now. */
async function post(
  world: PoolWorld,
  { mayBeSpent = false, pool = world.pool, label = "boss" } = {},
) {
  const document = await world.document()
  const pair = pairHash(new Secret(String(await world.stored(label))))
  return world.leased(label, (lease, key) =>
    postPair(pool, lease, key, document, { pair, mayBeSpent }),
  )
}

const noteOf = ({ pool }: PoolWorld) => readInflight(pool.vault, boss)
const noteFile = ({ pool }: PoolWorld) => join(pool.vault.paths.inflight, "openai-codex-boss.json")

describe("one POST of the stored pair", () => {
  test("is noted on disk before, and its note is gone when the new pair is stored", async () => {
    await using world = await withBoss()
    world.sim.addFault({ path: TOKEN, kind: "hold" })
    const pair = pairHash(new Secret(String(await world.stored("boss"))))
    const posting = post(world)
    await world.sim.arrived(({ path }) => path === TOKEN)
    expect(await noteOf(world)).toMatchObject({ pair, mayBeSpent: false, reply: null })
    expect((await noteOf(world))?.identity).toStartWith("boss@example.test")
    world.sim.release()
    expect(await posting).toEqual({ kind: "refreshed" })
    expect(await noteOf(world)).toBeNull()
    expect(world.posts()).toHaveLength(1)
    expect(await world.stored("boss")).toBe(String(world.sim.liveRefreshTokens("boss").at(-1)))
    expect(world.pool.ledger.probeState(boss).lastRefreshAt).toBeWithin(
      Date.now() - 60_000,
      Date.now() + 1,
    )
  })

  test("has its raw reply on disk before anything reads it", async () => {
    await using world = await withBoss()
    const real = world.pool.providers["openai-codex"]
    let onDisk = ""
    const judgeRefresh: typeof real.judgeRefresh = (...reply) => {
      onDisk = readFileSync(noteFile(world), "utf8")
      return real.judgeRefresh(...reply)
    }
    const providers = { ...world.pool.providers, "openai-codex": { ...real, judgeRefresh } }
    await post(world, { pool: { ...world.pool, providers } })
    expect(JSON.parse(onDisk).reply.rawReply).toContain(String(await world.stored("boss")))
  })

  test("that was refused leaves no time of a refresh", async () => {
    await using world = await withBoss()
    world.sim.expire("boss", "refresh")
    expect(await post(world)).toMatchObject({ kind: "dead", reason: "refresh_token_expired" })
    expect(world.pool.ledger.probeState(boss).lastRefreshAt).toBeNull()
    expect(await noteOf(world)).toBeNull()
  })

  test("is none for a label without a login", async () => {
    await using world = await withBoss()
    expect(await post(world, { label: "nobody" })).toEqual({ kind: "no_login" })
    expect(existsSync(world.pool.vault.paths.inflight)).toBe(false)
  })
})

describe("a last look before the POST", () => {
  test.each([false, true])(
    "captures what a client rotated meanwhile (doubtful: %p)",
    async (mayBeSpent) => {
      await using world = await withBoss()
      const rotated = await world.rotate(world.dir)
      expect(await post(world, { mayBeSpent })).toEqual({ kind: "captured", store: world.dir })
      expect([await world.stored("boss"), await noteOf(world)]).toEqual([rotated, null])
      expect(world.posts()).toHaveLength(1)
    },
  )

  test.each([false, true])(
    "steps back from a client (doubtful: %p, and then the note stays)",
    async (mayBeSpent) => {
      await using world = await openPoolWorld()
      const dir = await world.label("boss", { expiresInSeconds: 60 })
      using _client = world.client(dir)
      expect(await post(world, { mayBeSpent })).toMatchObject({ kind: "deferred" })
      expect((await noteOf(world)) === null).toBe(!mayBeSpent)
      expect(world.posts()).toHaveLength(0)
    },
  )
})

describe("a POST without a reply", () => {
  test("leaves its note: the pair may be spent", async () => {
    await using world = await withBoss()
    world.sim.addFault({ path: TOKEN, kind: "cut", at: "before_reply" })
    const outcome = await post(world)
    expect(outcome).toMatchObject({
      kind: "transient",
      detail: expect.stringContaining("no reply"),
    })
    expect(await noteOf(world)).toMatchObject({ reply: null })
  })

  test.each([false, true])(
    "that never left takes its own note away, not an older one's (%p)",
    async (mayBeSpent) => {
      await using world = await withBoss()
      await world.sim.stop()
      expect(await post(world, { mayBeSpent })).toEqual({
        kind: "transient",
        detail: "ECONNREFUSED",
      })
      expect((await noteOf(world)) === null).toBe(!mayBeSpent)
    },
  )
})
