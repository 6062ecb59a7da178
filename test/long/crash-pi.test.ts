import { killsAtEveryStep } from "../e2e/support/kill-tests.ts"
import { REST } from "../e2e/support/pi-kills.ts"

killsAtEveryStep(REST)
