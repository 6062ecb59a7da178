import { killsClaudeAtEveryStep } from "./support/claude-kill-tests.ts"
import { MAIN } from "./support/claude-kills.ts"

// The other scenarios are in test/long: a default run has a quarter of an hour.
killsClaudeAtEveryStep(MAIN)
