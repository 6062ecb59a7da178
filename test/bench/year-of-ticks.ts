import { join } from "node:path"
import { withPool } from "../../src/pool/pool.ts"
import { EVERY, playTicks, TICKS_A_YEAR } from "../support/play-ticks.ts"

/** How many ticks a year of a watch has here; `AIM_BENCH_TICKS` makes it less. */
export const YEAR_TICKS = Number(process.env.AIM_BENCH_TICKS ?? TICKS_A_YEAR)

/** Leaves in a home what a watch of Codex leaves that has looked every five minutes, until now. */
export async function tickAway(home: string, env: Record<string, string>): Promise<void> {
  const stateFile = join(home, ".aimgr", "secrets.json")
  const homes = { userHome: home, sandboxed: true, stateFile, env, cwd: home }
  await withPool(homes, async (pool) => {
    const [codex] = pool.targets
    if (codex === undefined) throw new Error("there is no target")
    const begun = Date.now() - YEAR_TICKS * EVERY
    await playTicks(pool, codex, { begun, from: 0, ticks: YEAR_TICKS })
  })
}
