import { REST } from "../e2e/support/claude-kills.ts"
import { killsAtEveryStep } from "../e2e/support/kill-tests.ts"

killsAtEveryStep(REST)
