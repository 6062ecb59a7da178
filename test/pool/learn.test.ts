import { afterEach, beforeEach, expect, setSystemTime, test } from "bun:test"
import { type Learnt, learn, weeklyRatio } from "../../src/pool/learn.ts"
import type { Pool } from "../../src/pool/pool.ts"
import { DAY, MINUTE, read, seen } from "../support/pool-readings.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"

beforeEach(() => {
  setSystemTime(new Date())
})
afterEach(() => {
  setSystemTime()
})

/** A rise in both windows, five times as fast in the short one. */
const STEADY = Array.from({ length: 18 }, (_, tick) => [tick * 5, tick] as const)

/** The world's ledger, with the number of times that samples were read from it. */
function counted({ pool }: PoolWorld): { pool: Pool; reads: () => number } {
  let reads = 0
  const ledger = {
    ...pool.ledger,
    samples: (...args: Parameters<typeof pool.ledger.samples>) => {
      reads += 1
      return pool.ledger.samples(...args)
    },
  }
  return { pool: { ...pool, ledger }, reads: () => reads }
}

const learnNow = (pool: Pool): Learnt => learn(pool, "openai-codex", Date.now())

test("what was learnt is kept for as long as the readings are the same", async () => {
  await using world = await openPoolWorld()
  seen(world, "boss", STEADY)
  const { pool, reads } = counted(world)
  const first = learnNow(pool)
  expect(first.burn).toMatchObject({ mean: 1, measured: true, slopes: 17 })
  expect(first.ratios).toEqual([["plus", 5]])
  expect(learnNow(pool)).toEqual(first)
  expect(reads()).toBe(1)
  setSystemTime(new Date(Date.now() + 5 * MINUTE))
  expect(learnNow(pool)).toEqual(first)
  expect(reads()).toBe(1)
  pool.ledger.saveReading({ provider: "openai-codex", label: "boss" }, read(95, 18), true)
  const next = learnNow(pool)
  expect(learnNow(pool)).toEqual(next)
  expect(reads()).toBe(2)
})

test("readings that grow older than 7 days are forgotten all the same", async () => {
  await using world = await openPoolWorld()
  seen(world, "boss", STEADY)
  const { pool, reads } = counted(world)
  expect(learnNow(pool).burn.measured).toBe(true)
  setSystemTime(new Date(Date.now() + 7 * DAY + MINUTE))
  expect(learnNow(pool)).toMatchObject({ burn: { measured: false }, ratios: [] })
  expect(reads()).toBe(2)
})

test("nothing is kept while a reading is of the future: it counts when its time has come", async () => {
  await using world = await openPoolWorld()
  seen(world, "boss", STEADY, { minutesAgo: -10 })
  const { pool, reads } = counted(world)
  const slopes = () => learnNow(pool).burn.slopes
  expect([slopes(), slopes(), reads()]).toEqual([15, 15, 2])
  setSystemTime(new Date(Date.now() + 10 * MINUTE))
  expect([slopes(), slopes(), reads()]).toEqual([17, 17, 3])
})

test("what is kept in another form is worked out anew", async () => {
  await using world = await openPoolWorld()
  seen(world, "boss", STEADY)
  const { pool, reads } = counted(world)
  const first = learnNow(pool)
  const ledger = { ...pool.ledger, digest: () => ({ burn: 1 }) }
  expect(learnNow({ ...pool, ledger })).toEqual(first)
  expect(reads()).toBe(2)
})

test("a plan whose weeks nobody has seen has the assumed ratio", () => {
  const burn = { mean: 1, peak: 1, idleMinutes: 0, slopes: 1, measured: true }
  const learnt: Learnt = {
    burn,
    ratios: [
      ["plus", 5],
      [null, 6],
    ],
  }
  expect(["plus", null, "pro"].map((plan) => weeklyRatio(learnt, plan))).toEqual([5, 6, 8])
})
