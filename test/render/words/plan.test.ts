import { expect, test } from "bun:test"
import { planText } from "../../../src/render/words/plan.ts"

test.each([
  ["default_claude_max_20x", "max 20x"],
  ["default_claude_max_5x", "max 5x"],
  ["default_claude_pro", "pro"],
  ["default_claude_ai", "1x"],
  ["max", "max"],
  ["plus", "plus"],
  ["pro ($12.50)", "pro ($12.50)"],
])("the plan %s reads %s", (plan, shown) => expect(planText(plan)).toBe(shown))
