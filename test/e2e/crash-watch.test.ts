import { expect, test } from "bun:test"
import { pass } from "./support/ageing.ts"
import { killEverywhere } from "./support/kill-everywhere.ts"
import { quota } from "./support/quota.ts"
import { standOnBoss } from "./support/watching.ts"

test("killed at every step, a tick that moves leaves nothing torn, and the next one ends as it would have", async () => {
  const toll = await killEverywhere({
    accounts: [
      { name: "boss", ...quota(10, 10) },
      { name: "qa", ...quota(10, 20) },
    ],
    prepare: async (world) => {
      await standOnBoss(world)
      world.sim.setUsage("boss", quota(100, 20))
      await pass(world, 5)
    },
    command: "codex watch --once",
  })
  expect(toll.kills).toBeGreaterThan(10)
  expect(toll.lost).toBe(0)
}, 600_000)
