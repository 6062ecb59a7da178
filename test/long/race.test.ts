import { test } from "bun:test"
import { raceRounds } from "../e2e/support/race-rounds.ts"

test("eight at once on two shared labels, 50 rounds: nothing is lost, posted twice, torn or stuck", async () => {
  await raceRounds(50)
})
