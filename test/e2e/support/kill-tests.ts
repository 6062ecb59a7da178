import { describe, expect, test } from "bun:test"
import { killEverywhere } from "./kill-everywhere.ts"
import type { Scenario } from "./scenario.ts"

/** One test for each scenario: {@link killEverywhere} over all its steps. */
export function killsAtEveryStep(scenarios: Readonly<Record<string, Scenario>>): void {
  describe("killed at every step", () => {
    test.each(Object.entries(scenarios))(
      "%s",
      async (name, scenario) => {
        const toll = await killEverywhere(scenario)
        console.log(`${name}: ${JSON.stringify(toll)}`)
        expect(toll.kills).toBeGreaterThan(0)
      },
      // Half a minute each on a quiet machine; a busy one shall not decide.
      600_000,
    )
  })
}
