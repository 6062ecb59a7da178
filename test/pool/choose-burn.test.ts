import { afterEach, beforeEach, expect, setSystemTime, test } from "bun:test"
import { burnNow, choose, USE } from "../../src/pool/choose.ts"
import { read, seen, view } from "../support/pool-readings.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"

beforeEach(() => {
  setSystemTime(new Date())
})
afterEach(() => {
  setSystemTime()
})

const STORM = [
  [10, 10],
  [20, 11],
] as const

async function withBoss(): Promise<PoolWorld> {
  const world = await openPoolWorld()
  await world.label("boss")
  return world
}

const choiceBy = async ({ pool, target, document }: PoolWorld, reading = read(10, 10)) =>
  choose(pool, await document(), target, "boss", [view("boss", reading)], USE)

test("the burn is assumed until the ledger has seen one, then it is what was seen", async () => {
  await using world = await withBoss()
  const burn = () => burnNow(world.pool, world.target)
  const inChoice = async () => (await choiceBy(world)).numbers.burnMeanUnitsPerMinute
  expect(burn()).toMatchObject({ mean: 40 / 60, measured: false })
  expect(await inChoice()).toBeCloseTo(40 / 60, 10)
  seen(world, "boss", STORM)
  expect(burn()).toMatchObject({ mean: 2, slopes: 1, measured: true })
  expect(await inChoice()).toBeCloseTo(2, 10)
})

test("it counts a plan's size: a point of a 20x plan is 20 units", async () => {
  await using world = await withBoss()
  seen(world, "boss", STORM, { plan: "pro" })
  expect(burnNow(world.pool, world.target).mean).toBe(40)
  expect((await choiceBy(world)).numbers.burnMeanUnitsPerMinute).toBeCloseTo(40, 10)
})

test.each([
  ["plus", 1],
  ["prolite", 5],
  ["pro", 20],
])("what is left of a `%s` plan is in units too: %d for each percent", async (plan, size) => {
  await using world = await withBoss()
  const [boss] = (await choiceBy(world, read(20, 10, 0, plan))).terms
  expect(boss?.left5Units).toBeCloseTo(80 * size, 1)
})

test("it is learnt from the last 7 days", async () => {
  await using world = await withBoss()
  seen(world, "boss", STORM, { minutesAgo: 7 * 1440 + 1 })
  expect(burnNow(world.pool, world.target).measured).toBe(false)
  expect((await choiceBy(world)).numbers.burnMeanUnitsPerMinute).toBeCloseTo(40 / 60, 10)
  seen(world, "boss", STORM, { minutesAgo: 6 * 1440 })
  expect(burnNow(world.pool, world.target).measured).toBe(true)
})
