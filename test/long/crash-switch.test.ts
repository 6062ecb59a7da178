import { killsAtEveryStep } from "../e2e/support/kill-tests.ts"
import { REST } from "../e2e/support/switch-kills.ts"

killsAtEveryStep(REST)
