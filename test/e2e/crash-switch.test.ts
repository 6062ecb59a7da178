import { killsAtEveryStep } from "./support/kill-tests.ts"
import { MAIN } from "./support/switch-kills.ts"

// The other scenarios are in test/long: a default run has a quarter of an hour.
killsAtEveryStep(MAIN)
