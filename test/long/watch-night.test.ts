import { expect, test } from "bun:test"
import { playNight } from "../support/night.ts"

/** A tick begins at some 60,000; what came to be in the night must not weigh on the later ones. */
const MOST_KB = 150_000

test("1,000 ticks with troubles: no login lost, no file or memory too many", async () => {
  const seed = Number(process.env.AIM_TEST_SEED ?? Date.now() % 1_000_000)
  const night = await playNight(1_000, seed)
  console.log(JSON.stringify({ seed, ...night }))
  expect(night.faults).toEqual([])
  expect(night.files, `seed ${seed}`).toBeLessThan(120)
  expect(night.bytes, `seed ${seed}`).toBeLessThan(20_000_000)
  expect(night.mostKb, `seed ${seed}`).toBeLessThan(MOST_KB)
})
