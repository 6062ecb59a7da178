import { expect, test } from "bun:test"
import { killEverywhere } from "../e2e/support/kill-everywhere.ts"
import { PRUNE_SCENARIOS } from "../e2e/support/prune-scenarios.ts"

test.each(Object.entries(PRUNE_SCENARIOS).slice(1))(
  "%s, killed at each of its steps",
  async (name, scenario) => {
    const toll = await killEverywhere(scenario)
    console.info(`${name}: ${JSON.stringify(toll)}`)
    expect(toll.lost).toBe(0)
  },
  600_000,
)
