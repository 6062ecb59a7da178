import { killsAtEveryStep } from "../e2e/support/kill-tests.ts"
import { REST } from "../e2e/support/refresh-kills.ts"

killsAtEveryStep(REST)
