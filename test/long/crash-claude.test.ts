import { killsClaudeAtEveryStep } from "../e2e/support/claude-kill-tests.ts"
import { REST } from "../e2e/support/claude-kills.ts"

killsClaudeAtEveryStep(REST)
