import { expect, test } from "bun:test"
import { playNight } from "../support/night.ts"

test("1,000 ticks with troubles: no login lost, and no more files than at the beginning", async () => {
  const seed = Number(process.env.AIM_TEST_SEED ?? Date.now() % 1_000_000)
  const night = await playNight(1_000, seed)
  console.log(JSON.stringify({ seed, ...night }))
  expect(night.faults).toEqual([])
  expect(night.files, `seed ${seed}`).toBeLessThan(120)
  expect(night.bytes, `seed ${seed}`).toBeLessThan(20_000_000)
})
