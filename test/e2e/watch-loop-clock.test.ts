import { describe, expect, test } from "bun:test"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { HOUR } from "../../src/system/time.ts"
import { openWorld, type World } from "../support/world.ts"
import { quota } from "./support/quota.ts"
import { startWatch } from "./support/watch-run.ts"

const LOOP = "codex watch --interval-seconds 86400"
const USAGE = "/backend-api/wham/usage"

/** Codex stands on boss; the clock of the machine is what `shift` says it is. */
async function watching() {
  const world = await openWorld([
    { name: "boss", ...quota(10, 10) },
    { name: "qa", ...quota(10, 20) },
  ])
  await world.label("boss", { expiresInSeconds: 30 * 86_400 })
  await world.json("codex use")
  await world.label("qa", { expiresInSeconds: 30 * 86_400 })
  const file = join(world.home, "clock")
  const shift = (ms: number) => writeFile(file, String(ms))
  await shift(0)
  return { world, shift, env: { AIM_FAULT_CLOCK: file } }
}

const askedFor = (world: World, after: number) =>
  world.sim
    .log()
    .filter(({ path, n }) => path === USAGE && n > after)
    .map(({ account }) => account)
    .sort()

describe("a loop whose machine", () => {
  test.each([
    ["has slept through the night", 8 * HOUR],
    ["has its clock set back by hours", -8 * HOUR],
  ])("%s looks at once, and at every label anew", async (_, ms) => {
    const { world, shift, env } = await watching()
    await using _world = world
    await using run = startWatch(world, LOOP, { binary: "faults", env })
    await run.line(1)
    const before = world.sim.log().length
    await shift(ms)
    expect(await run.line(2)).toMatchObject({ ok: true })
    expect(askedFor(world, before)).toEqual(["boss", "qa"])
    // Once is enough.
    await Bun.sleep(500)
    expect(run.lines()).toHaveLength(2)
  })
})
