import { describe, expect, test } from "bun:test"
import type { Label } from "../../src/domain/label.ts"
import type { ProviderId } from "../../src/domain/provider-id.ts"
import type { UsageWindow } from "../../src/domain/window.ts"
import { clockOff } from "../../src/pool/clock-off.ts"
import { keyOf } from "../../src/pool/pool.ts"
import { readUsage } from "../../src/pool/usage.ts"
import { HOUR, MINUTE, SECOND } from "../../src/system/time.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"

const NEAR = 10 * SECOND

/** A pool of both issuers, whose clock is `lead.ms` ahead of this machine's. */
async function poolBeside(lead: { ms: number }): Promise<PoolWorld> {
  const world = await openPoolWorld([{ name: "boss" }], {
    clock: () => Date.now() + lead.ms,
    claudeAccounts: [{ name: "lessons" }],
  })
  // Both are good for longer than the clocks are apart.
  await world.label("boss", { expiresInSeconds: 3 * 86_400 })
  await world.claudeLabel("lessons", { expiresInSeconds: 3 * 86_400 })
  return world
}

const LABELS: [ProviderId, Label][] = [
  ["openai-codex", "boss"],
  ["anthropic", "lessons"],
]

async function read(world: PoolWorld, provider: ProviderId, label: Label) {
  const [view] = await readUsage(
    world.pool,
    await world.document(),
    [keyOf(provider, label)],
    "live",
  )
  if (view?.reading == null) throw new Error(`no reading: ${view?.outcome}`)
  return view.reading
}

const leftOf = ({ resetAt }: UsageWindow) => (resetAt ?? 0) - Date.now()

describe.each(LABELS)("a reading of %s", (provider, label) => {
  test.each([20, -20, 24 * 60, -24 * 60])(
    "by a clock %i minutes ahead is told by ours, and the clocks' difference with it",
    async (minutes) => {
      await using world = await poolBeside({ ms: minutes * MINUTE })
      const { windows, observedAt } = await read(world, provider, label)
      expect(Math.abs(observedAt - Date.now())).toBeLessThan(NEAR)
      const five = windows.find(({ kind }) => kind === "5h")
      if (five === undefined) throw new Error("no 5h window")
      // The simulator's windows are half through.
      expect(Math.abs(leftOf(five) - 2.5 * HOUR)).toBeLessThan(NEAR)
      const [finding, ...more] = clockOff(world.pool)
      expect(more).toEqual([])
      expect(finding).toMatchObject({ kind: "clock_off", provider, minutes: -minutes })
      expect(finding?.detail).toContain(
        `${Math.abs(minutes)} minutes ${minutes > 0 ? "behind" : "ahead of"}`,
      )
    },
  )
})

test("four minutes are nothing to speak of, and change nothing", async () => {
  await using world = await poolBeside({ ms: 4 * MINUTE })
  const { windows } = await read(world, "openai-codex", "boss")
  expect(Math.abs(leftOf(windows[0] as UsageWindow) - 2.5 * HOUR - 4 * MINUTE)).toBeLessThan(NEAR)
  expect(clockOff(world.pool)).toEqual([])
})

test("the warning is one, of the greatest difference, and goes when the clocks agree", async () => {
  const lead = { ms: 20 * MINUTE }
  await using world = await poolBeside(lead)
  await read(world, "openai-codex", "boss")
  lead.ms = -40 * MINUTE
  await read(world, "anthropic", "lessons")
  expect(clockOff(world.pool)).toMatchObject([{ provider: "anthropic", minutes: 40 }])
  lead.ms = 0
  await read(world, "openai-codex", "boss")
  expect(clockOff(world.pool)).toMatchObject([{ provider: "anthropic", minutes: 40 }])
})

test("a refusal tells the time as well, a request without a reply does not", async () => {
  const lead = { ms: 20 * MINUTE }
  await using world = await poolBeside(lead)
  const look = async () =>
    readUsage(world.pool, await world.document(), [keyOf("openai-codex", "boss")], "live")
  const path = "/backend-api/wham/usage"
  world.sim.addFault({ kind: "cut", at: "before_reply", path, times: 1 })
  await look()
  expect(clockOff(world.pool)).toEqual([])
  const until = new Date(Date.now() + lead.ms + 5 * MINUTE).toUTCString()
  world.sim.addFault({
    kind: "status",
    status: 429,
    headers: { "retry-after": until },
    path,
    times: 1,
  })
  await look()
  expect(clockOff(world.pool)).toMatchObject([{ minutes: -20 }])
  const { retryAfterUntil } = world.pool.ledger.probeState(keyOf("openai-codex", "boss"))
  // By the issuer's clock; ours would make 25 minutes of it.
  expect(Math.abs((retryAfterUntil ?? 0) - Date.now() - 5 * MINUTE)).toBeLessThan(NEAR)
})
