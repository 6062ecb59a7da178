import { killsAtEveryStep } from "../e2e/support/kill-tests.ts"
import { REST } from "../e2e/support/restore-kills.ts"

killsAtEveryStep(REST)
