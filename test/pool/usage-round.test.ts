import { expect, test } from "bun:test"
import { keyOf, type Pool } from "../../src/pool/pool.ts"
import { readUsage, type UsageView } from "../../src/pool/usage.ts"
import type { Provider } from "../../src/providers/provider.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"
import { stopTime } from "../support/time-passes.ts"

const USAGE = "/backend-api/wham/usage"
const names = (count: number) => Array.from({ length: count }, (_, n) => `label-${n}`)
const keys = (count: number) => names(count).map((label) => keyOf("openai-codex", label))

async function crowd(count: number): Promise<PoolWorld> {
  const world = await openPoolWorld(names(count))
  for (const name of names(count)) await world.label(name)
  return world
}

/** The pool with a provider of which some parts are others. */
function poolWith({ pool }: PoolWorld, parts: Partial<Provider>): Pool {
  const codex = { ...pool.providers["openai-codex"], ...parts }
  return { ...pool, providers: { ...pool.providers, "openai-codex": codex } }
}

test("at most 8 requests are under way at a time, and the views come in the labels' order", async () => {
  await using world = await crowd(9)
  world.sim.addFault({ path: USAGE, kind: "hold" })
  const reading = readUsage(world.pool, await world.document(), keys(9), "live")
  const asked = () => world.sim.log().filter(({ kind }) => kind === "usage").length
  while (asked() < 8) await Bun.sleep(5)
  await Bun.sleep(50)
  expect(asked()).toBe(8)
  world.sim.clearFaults()
  world.sim.release()
  const views = await reading
  expect(views.map(({ key, outcome }) => [key.label, outcome])).toEqual(
    names(9).map((name) => [name, "read"]),
  )
})

test("one exchange has 8 s, and less where less than that is left of the round", async () => {
  await using world = await crowd(1)
  const given: number[] = []
  const pool = poolWith(world, {
    readUsage: async (_record, timeoutMs) => {
      given.push(timeoutMs)
      return { kind: "transient", detail: "timeout" }
    },
  })
  await readUsage(pool, await world.document(), keys(1), "live")
  expect(given).toEqual([8_000])
})

test("a label that was not reached in the 11 s of a round keeps its last reading", async () => {
  await using world = await crowd(2)
  const document = await world.document()
  const [before] = await readUsage(world.pool, document, keys(1), "live")
  const pool = poolWith(world, { readUsage: () => new Promise(() => {}) })
  using time = stopTime()
  let views: UsageView[] | null = null
  const reading = readUsage(pool, document, keys(2), "live").then((read) => {
    views = read
  })
  await time.someoneWaits()
  await time.pass(10_999)
  expect(views).toBeNull()
  await time.pass(1)
  await reading
  const detail = "not reached in the time for one round"
  expect(views as unknown).toMatchObject([
    { outcome: "not_reached", detail, reading: before?.reading },
    { outcome: "not_reached", detail, reading: null },
  ])
})
