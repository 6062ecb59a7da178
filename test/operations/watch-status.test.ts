import { expect, test } from "bun:test"
import { writeFileSync } from "node:fs"
import { watchStatus } from "../../src/operations/watch-status.ts"
import { openPoolWorld } from "../support/pool-world.ts"

test("a look is taken at once, and the next one so long after the beginning of the last", async () => {
  await using world = await openPoolWorld()
  await world.label("boss")
  const looks = watchStatus(world.pool.homes, "cached", 300)
  const began = performance.now()
  for (const _ of [1, 2, 3]) {
    const { value } = await looks.next()
    expect(value).toMatchObject({ status: { accounts: [{ label: "boss" }] } })
  }
  const took = performance.now() - began
  expect(took).toBeGreaterThan(590)
  await looks.return(undefined)
})

test("what stands in the way is a look too: the file may be readable at the next one", async () => {
  await using world = await openPoolWorld()
  await world.label("boss")
  const whole = await world.text()
  const looks = watchStatus(world.pool.homes, "cached", 1)
  writeFileSync(world.pool.vault.paths.file, "{ broken")
  expect((await looks.next()).value).toMatchObject({ problem: { code: "state_broken" } })
  writeFileSync(world.pool.vault.paths.file, whole)
  expect((await looks.next()).value).toHaveProperty("status")
  await looks.return(undefined)
})

test("a fault of aim ends it", async () => {
  await using world = await openPoolWorld()
  const homes = { ...world.pool.homes, stateFile: null as never }
  await expect(watchStatus(homes, "cached", 1).next()).rejects.toThrow(TypeError)
})
