import { afterEach, describe, expect, setSystemTime, test } from "bun:test"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { noteVerdict } from "../../src/domain/credential-edits.ts"
import { codexCredential } from "../../src/domain/document.ts"
import { putCredential } from "../../src/domain/document-edits.ts"
import { pairHash } from "../../src/domain/pair.ts"
import { clientMayBeRefreshing } from "../../src/pool/defer.ts"
import { keyOf } from "../../src/pool/pool.ts"
import { storeKey } from "../../src/pool/stores.ts"
import { awakeMoment } from "../../src/system/awake-clock.ts"
import { Secret } from "../../src/system/secret.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"

const boss = keyOf("openai-codex", "boss")
const SHORT = { expiresInSeconds: 299 }
const LONG = { expiresInSeconds: 310 }

afterEach(() => {
  setSystemTime()
})

const asked = async (world: PoolWorld) =>
  clientMayBeRefreshing(world.pool, await world.document(), boss)

/** Says that the pair in a home has been seen there since so many seconds. */
async function seenFor(world: PoolWorld, dir: string, seconds: number) {
  const hash = pairHash(new Secret((await world.held(dir)).refresh_token))
  const { of, ms } = await awakeMoment()
  const then = { of, ms: ms - seconds * 1000 }
  world.pool.ledger.sight(storeKey(await world.store(dir)), hash, then, Date.now())
}

async function verdict(world: PoolWorld, reason: string) {
  const pair = pairHash(new Secret(String(await world.stored("boss"))))
  await world.edit((document) =>
    noteVerdict(document, { provider: "openai-codex", label: "boss" }, pair, reason, Date.now()),
  )
}

describe("aim keeps its hands off", () => {
  test("while the pair has less than 5 minutes left and a process has the home open", async () => {
    await using world = await openPoolWorld()
    const dir = await world.label("boss", SHORT)
    using client = world.client(dir)
    expect(await asked(world)).toMatchObject({
      store: dir,
      holders: [{ pid: client.pid, command: "sleep" }],
      unreadable: false,
      retryInSeconds: 60,
    })
  })

  test("of a pair that somebody else has spent, however long it lasts", async () => {
    await using world = await openPoolWorld()
    const dir = await world.label("boss", LONG)
    using _client = world.client(dir)
    await verdict(world, "refresh_token_reused")
    expect(await asked(world)).toMatchObject({ store: dir })
  })

  test("where nobody can tell who has the home open", async () => {
    await using world = await openPoolWorld()
    await world.label("boss", SHORT)
    const holders = async () => ({ holders: [], unreadable: true })
    const targets = [{ ...world.target, holders }]
    const answer = clientMayBeRefreshing({ ...world.pool, targets }, await world.document(), boss)
    expect(await answer).toMatchObject({ holders: [], unreadable: true })
  })

  test("until it has seen the same pair there for 60 s", async () => {
    await using world = await openPoolWorld()
    const dir = await world.label("boss", SHORT)
    using _client = world.client(dir)
    await seenFor(world, dir, 40)
    const { retryInSeconds } = (await asked(world)) ?? {}
    expect(retryInSeconds).toBeGreaterThan(0)
    expect(retryInSeconds).toBeLessThanOrEqual(20)
  })

  test("and not any more when it has", async () => {
    await using world = await openPoolWorld()
    const dir = await world.label("boss", SHORT)
    using _client = world.client(dir)
    await seenFor(world, dir, 60)
    expect(await asked(world)).toBeNull()
  })

  test.each([
    ["sleeps for hours, or whose clock is set", 8 * 3600_000],
    ["has its clock set back by hours", -8 * 3600_000],
  ])("for no less and no more beside a machine that %s", async (_, ms) => {
    await using world = await openPoolWorld()
    const dir = await world.label("boss", SHORT)
    using _client = world.client(dir)
    await seenFor(world, dir, 10)
    setSystemTime(new Date(Date.now() + ms))
    if (ms < 0) await verdict(world, "refresh_token_reused")
    const { retryInSeconds } = (await asked(world)) ?? {}
    expect(retryInSeconds).toBeGreaterThan(0)
    expect(retryInSeconds).toBeLessThanOrEqual(50)
  })

  test("for another 60 s when the pair there is a new one", async () => {
    await using world = await openPoolWorld()
    const dir = await world.label("boss", SHORT)
    using _client = world.client(dir)
    await seenFor(world, dir, 600)
    await world.login("boss", { dir, ...SHORT })
    expect(await asked(world)).toMatchObject({ retryInSeconds: 60 })
  })
})

describe("aim may act", () => {
  test("beside an open client whose pair lasts 5 minutes and more, but no second less", async () => {
    await using world = await openPoolWorld()
    using _client = world.client(await world.label("boss", LONG))
    const credential = codexCredential(await world.document(), "boss")
    setSystemTime(new Date(Date.parse(String(credential?.expiresAt)) - 300_000))
    expect(await asked(world)).toBeNull()
    setSystemTime(new Date(Date.now() + 1))
    expect(await asked(world)).not.toBeNull()
  })

  test.each([
    ["lasts", 3600, true],
    ["ends", 60, false],
  ])(
    "by what the vault knows of an access token that says nothing itself: it %s",
    async (_name, seconds, free) => {
      await using world = await openPoolWorld()
      const dir = await world.label("boss")
      const auth = { tokens: { ...(await world.held(dir)), access_token: "opaque" } }
      await writeFile(join(dir, "auth.json"), JSON.stringify(auth))
      await world.edit((document) => {
        const expiresAt = new Date(Date.now() + seconds * 1000).toISOString()
        const record = {
          ...codexCredential(document, "boss"),
          access: new Secret("opaque"),
          expiresAt,
        }
        return putCredential(document, "openai-codex", "boss", record)
      })
      using _client = world.client(dir)
      expect((await asked(world)) === null).toBe(free)
    },
  )

  test("when no process has the home open", async () => {
    await using world = await openPoolWorld()
    await world.label("boss", SHORT)
    expect(await asked(world)).toBeNull()
  })

  test("beside a client of a home that aim does not know", async () => {
    await using world = await openPoolWorld()
    await world.label("boss", SHORT)
    const elsewhere = await world.login("boss", { dir: `${world.home}/elsewhere`, ...SHORT })
    using _client = world.client(elsewhere)
    expect(await asked(world)).toBeNull()
  })

  test("on a pair that another reason has made dead, and lasts", async () => {
    await using world = await openPoolWorld()
    using _client = world.client(await world.label("boss", LONG))
    await verdict(world, "invalid_grant")
    expect(await asked(world)).toBeNull()
  })

  test("beside a client that holds an older pair: the issuer would refuse that one anyway", async () => {
    await using world = await openPoolWorld()
    const dir = await world.label("boss", SHORT)
    using _client = world.client(dir)
    await world.take("boss", await world.login("boss", { dir: `${world.home}/new`, ...SHORT }))
    expect(await asked(world)).toBeNull()
  })
})
