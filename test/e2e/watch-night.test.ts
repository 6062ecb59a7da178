import { expect, test } from "bun:test"
import { playNight } from "../support/night.ts"

/** The thousand ticks of `npm run test:long`, in short. */
test("60 ticks with troubles lose no login and leave nothing lying about", async () => {
  const seed = Number(process.env.AIM_TEST_SEED ?? Date.now() % 1_000_000)
  const night = await playNight(60, seed)
  expect(night.faults).toEqual([])
  expect(night.files, `seed ${seed}`).toBeLessThan(90)
})
