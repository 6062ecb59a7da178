import { afterEach, describe, expect, setSystemTime, test } from "bun:test"
import { keyOf } from "../../src/pool/pool.ts"
import { readUsage, type UsageMode } from "../../src/pool/usage.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"

const USAGE = "/backend-api/wham/usage"
const boss = keyOf("openai-codex", "boss")

afterEach(() => {
  setSystemTime()
})

async function view(world: PoolWorld, mode: UsageMode) {
  const [only] = await readUsage(world.pool, await world.document(), [boss], mode)
  if (only === undefined) throw new Error("no view")
  return only
}

const asked = ({ sim }: PoolWorld) => sim.log().filter(({ kind }) => kind === "usage").length
const later = (seconds: number) => setSystemTime(new Date(Date.now() + seconds * 1000))

async function withLabel(): Promise<PoolWorld> {
  const world = await openPoolWorld([{ name: "boss", primary: { used_percent: 20 } }])
  await world.label("boss")
  return world
}

type Answer = { status: number; headers?: Record<string, string> }
const FAILURES: [Answer, string, string | null][] = [
  [{ status: 500 }, "transient", "http_500"],
  [{ status: 401 }, "unauthorized", "http_401"],
  [{ status: 404 }, "protocol", "http_404"],
  [{ status: 429, headers: { "retry-after": "90" } }, "rate_limited", null],
]

describe("a reading that failed", () => {
  test.each(FAILURES)(
    "(%j) keeps the last good one and is noted",
    async (answer, outcome, detail) => {
      await using world = await withLabel()
      const { reading } = await view(world, "live")
      world.sim.addFault({ path: USAGE, kind: "status", ...answer })
      expect(await view(world, "live")).toEqual({ key: boss, reading, outcome, detail } as never)
      const probe = world.pool.ledger.probeState(boss)
      expect(probe).toMatchObject({ lastOutcome: outcome, lastDetail: detail })
      expect(probe.lastSuccessAt).toBeLessThanOrEqual(Number(probe.lastAttemptAt))
      expect(probe.consecutiveFailures).toBe(1)
    },
  )

  test.each([
    ["as long as it says", { "retry-after": "90" }, 90],
    ["a minute where it does not say", undefined, 60],
    ["an hour at most", { "retry-after": "86400" }, 3600],
  ])("by a limit is not repeated for %s", async (_name, headers, seconds) => {
    await using world = await withLabel()
    setSystemTime(new Date())
    const fault = { path: USAGE, kind: "status", status: 429, times: 1 } as const
    world.sim.addFault(headers === undefined ? fault : { ...fault, headers })
    await view(world, "live")
    later(seconds - 1)
    expect(await view(world, "live")).toMatchObject({
      outcome: "waiting",
      detail: "the issuer asked to wait",
    })
    later(1)
    expect(await view(world, "live")).toMatchObject({ outcome: "read" })
    expect(world.pool.ledger.probeState(boss)).toMatchObject({
      lastOutcome: "ok",
      retryAfterUntil: null,
      lastDetail: null,
    })
    expect(asked(world)).toBe(2)
  })

  test("by a refusal makes the good one before it stale, until the next good one", async () => {
    await using world = await withLabel()
    await view(world, "live")
    const fault = world.sim.addFault({ path: USAGE, kind: "status", status: 401 })
    await view(world, "live")
    expect(await view(world, "fresh")).toMatchObject({ outcome: "unauthorized" })
    world.sim.removeFault(fault)
    expect(await view(world, "fresh")).toMatchObject({ outcome: "read" })
    expect(await view(world, "fresh")).toMatchObject({ outcome: "cached" })
  })
})
