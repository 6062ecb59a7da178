import { test } from "bun:test"
import { raceRounds } from "./support/race-rounds.ts"

/** What the rounds differ by comes back after 2, 4 and 5 of them: each mixture once; more in test/long. */
const ROUNDS = 20

test(`eight at once on two shared labels, ${ROUNDS} rounds: nothing is lost, posted twice, torn or stuck`, async () => {
  await raceRounds(ROUNDS)
}, 600_000)
