import { describe, expect, test } from "bun:test"
import { keyOf } from "../../src/pool/pool.ts"
import { readUsageRefreshing } from "../../src/pool/usage-with-refresh.ts"
import { unseal } from "../../src/system/secret.ts"
import type { Vault } from "../../src/vault/vault.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"

const boss = keyOf("openai-codex", "boss")
const qa = keyOf("openai-codex", "qa")
const USAGE = "/backend-api/wham/usage"

const outcomes = ({ views, refreshed }: Awaited<ReturnType<typeof readUsageRefreshing>>) => ({
  views: Object.fromEntries(views.map(({ key, outcome }) => [key.label, outcome])),
  refreshed: Object.fromEntries(refreshed.map(({ key, outcome }) => [key.label, outcome.kind])),
})

async function pair(seconds: number): Promise<PoolWorld> {
  const world = await openPoolWorld(["boss", "qa"])
  await world.label("boss", { expiresInSeconds: seconds })
  await world.label("qa")
  return world
}

describe("an access token", () => {
  test("that has run out is refreshed once and asked with again; the others are left alone", async () => {
    await using world = await pair(-1)
    const round = await readUsageRefreshing(world.pool, [boss, qa], "fresh")
    expect(outcomes(round)).toEqual({
      views: { boss: "read", qa: "read" },
      refreshed: { boss: "refreshed" },
    })
    expect(round.views.map(({ key }) => key.label)).toEqual(["boss", "qa"])
    expect(unseal(round.document)).toEqual(unseal(await world.document()))
    expect(world.posts()).toHaveLength(1)
    expect(world.sim.log().filter(({ kind }) => kind === "usage")).toHaveLength(2)
  })

  test("that is refused although it lasts is answered with one refresh and one more try", async () => {
    await using world = await pair(86_400)
    world.sim.expire("boss", "access")
    const round = await readUsageRefreshing(world.pool, [boss, qa], "fresh")
    expect(outcomes(round).views).toEqual({ boss: "read", qa: "read" })
    expect(world.posts()).toHaveLength(1)
  })

  test("that is refused again is not refreshed again by the same command", async () => {
    await using world = await pair(86_400)
    world.sim.addFault({ path: USAGE, account: "boss", kind: "status", status: 401 })
    const already = new Set<string>()
    const first = await readUsageRefreshing(world.pool, [boss, qa], "live", already)
    expect(outcomes(first)).toEqual({
      views: { boss: "unauthorized", qa: "read" },
      refreshed: { boss: "refreshed" },
    })
    expect([...already]).toEqual(["boss"])
    const second = await readUsageRefreshing(world.pool, [boss, qa], "live", already)
    expect(outcomes(second)).toEqual({
      views: { boss: "unauthorized", qa: "read" },
      refreshed: {},
    })
    expect(world.posts()).toHaveLength(1)
  })

  test("that is refused just after its refresh costs no other one by the next command", async () => {
    await using world = await pair(86_400)
    const fault = world.sim.addFault({ path: USAGE, kind: "status", status: 403 })
    for (let command = 0; command < 3; command++)
      await readUsageRefreshing(world.pool, [boss], "live")
    expect(world.posts()).toHaveLength(1)
    world.sim.removeFault(fault)
    expect(outcomes(await readUsageRefreshing(world.pool, [boss], "live")).views).toEqual({
      boss: "read",
    })
    world.sim.expire("boss", "access")
    await readUsageRefreshing(world.pool, [boss], "live")
    expect(world.posts()).toHaveLength(2)
  })

  test("that another aim has replaced since is not refreshed, but asked with", async () => {
    await using world = await pair(-1)
    const fresh = await world.login("boss", { dir: `${world.home}/new` })
    const { vault } = world.pool
    const waits = Promise.withResolvers<void>()
    const asking: Vault = {
      ...vault,
      withLabels: (keys, work) => {
        waits.resolve()
        return vault.withLabels(keys, work)
      },
    }
    const held = await vault.withLabels([boss], async () => {
      const round = readUsageRefreshing({ ...world.pool, vault: asking }, [boss], "fresh")
      await waits.promise
      await world.take("boss", fresh)
      return { round }
    })
    expect(outcomes(await held.round)).toEqual({
      views: { boss: "read" },
      refreshed: { boss: "not_due" },
    })
    expect(world.posts()).toHaveLength(0)
  })

  test("whose refresh fails leaves the view as it was, and no second try is made", async () => {
    await using world = await pair(-1)
    world.sim.addFault({ path: "/oauth/token", kind: "status", status: 500 })
    const round = await readUsageRefreshing(world.pool, [boss, qa], "fresh")
    expect(outcomes(round)).toEqual({
      views: { boss: "access_expired", qa: "read" },
      refreshed: { boss: "transient" },
    })
    expect(world.sim.log().filter(({ kind }) => kind === "usage")).toHaveLength(1)
  })
})

test("at most 8 refreshes are under way at a time", async () => {
  const names = Array.from({ length: 9 }, (_, n) => `label-${n}`)
  await using world = await openPoolWorld(names)
  for (const name of names) await world.label(name, { expiresInSeconds: -1 })
  world.sim.addFault({ path: "/oauth/token", kind: "hold" })
  const keys = names.map((label) => keyOf("openai-codex", label))
  const reading = readUsageRefreshing(world.pool, keys, "fresh")
  while (world.posts().length < 8) await Bun.sleep(5)
  await Bun.sleep(50)
  expect(world.posts()).toHaveLength(8)
  world.sim.clearFaults()
  world.sim.release()
  expect(Object.values(outcomes(await reading).views)).toEqual(names.map(() => "read"))
})

test("where nothing was refused there is one round and no lease", async () => {
  await using world = await pair(86_400)
  const round = await readUsageRefreshing(world.pool, [boss, qa], "fresh")
  expect(outcomes(round)).toEqual({ views: { boss: "read", qa: "read" }, refreshed: {} })
  expect(await readUsageRefreshing(world.pool, [boss], "cached")).toMatchObject({
    views: [{ outcome: "cached" }],
  })
  expect(world.sim.log()).toHaveLength(2)
})
