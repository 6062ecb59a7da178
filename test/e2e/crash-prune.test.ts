import { expect, test } from "bun:test"
import { killEverywhere } from "./support/kill-everywhere.ts"
import { PRUNE_SCENARIOS } from "./support/prune-scenarios.ts"

test.each(Object.entries(PRUNE_SCENARIOS).slice(0, 1))(
  "%s, killed at each of its steps",
  async (name, scenario) => {
    const toll = await killEverywhere(scenario)
    console.info(`${name}: ${JSON.stringify(toll)}`)
    expect(toll.lost).toBe(0)
  },
  600_000,
)
