import { expect, test } from "bun:test"
import { claudePlanSize, codexPlanSize } from "../../../src/domain/choice/plan-size.ts"

test.each([
  ["plus", 1, true],
  ["team", 1, true],
  ["business", 1, true],
  ["prolite", 5, true],
  ["pro", 20, true],
  ["PRO ", 20, true],
  ["pro ($5.50)", 20, true],
  ["promax", 20, false],
  ["self_serve_business_prolite", 5, false],
  ["edu_pro", 20, false],
  ["self_serve_business_usage_based", 1, false],
  ["free", 1, false],
  ["go", 1, false],
  ["edu", 1, false],
  ["edu_plus", 1, false],
  ["sci", 1, false],
  ["sci_plus", 1, false],
  ["ent26", 1, false],
  ["enterprise", 1, false],
  ["enterprise_cbp_automation", 1, false],
  ["enterprise_cbp_usage_based", 1, false],
  ["unknown", 1, false],
  ["constructor", 1, false],
  ["", 1, false],
  [null, 1, false],
] as const)("codex plan %p is %px, known: %p", (plan, size, known) => {
  expect(codexPlanSize(plan)).toEqual({ size, known })
})

test.each([
  ["default_claude_max_5x", 5, true],
  ["default_claude_max_20x", 20, true],
  ["default_claude_pro", 1, true],
  ["default_claude_ai", 1, true],
  ["default_claude_max_10x", 5, false],
  ["default_claude_max_40x", 20, false],
  ["default_raven", 1, false],
  ["", 1, false],
  [null, 1, false],
] as const)("claude tier %p is %px, known: %p", (tier, size, known) => {
  expect(claudePlanSize(tier)).toEqual({ size, known })
})
