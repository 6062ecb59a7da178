import { MAIN } from "./support/claude-kills.ts"
import { killsAtEveryStep } from "./support/kill-tests.ts"

// The other scenarios are in test/long: a default run has a quarter of an hour.
killsAtEveryStep(MAIN)
