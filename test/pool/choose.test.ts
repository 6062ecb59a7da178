import { afterEach, beforeEach, expect, setSystemTime, test } from "bun:test"
import { patchAccount, patchTarget, putAccount } from "../../src/domain/document-edits.ts"
import { choose, USE } from "../../src/pool/choose.ts"
import { keyOf } from "../../src/pool/pool.ts"
import type { UsageView } from "../../src/pool/usage.ts"
import { scoped } from "../domain/choice/input.ts"
import { MINUTE, read, seen, view } from "../support/pool-readings.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"

beforeEach(() => {
  setSystemTime(new Date())
})
afterEach(() => {
  setSystemTime()
})

async function labels(names: string[]): Promise<PoolWorld> {
  const world = await openPoolWorld(names)
  for (const name of names) await world.label(name)
  return world
}

const termsOf = async (world: PoolWorld, current: string | null, views: UsageView[]) => {
  const { terms } = choose(world.pool, await world.document(), world.target, current, views, USE)
  return Object.fromEntries(terms.map((term) => [term.label, term]))
}

test("every label of the provider is weighed as vault, ledger and this command know it", async () => {
  await using world = await labels(["cold", "failed", "fine", "off", "unread"])
  const document = await world.edit((before) => {
    const off = patchAccount(before, "off", { pool: { enabled: false } })
    const more = putAccount(off, "empty", { provider: "openai-codex" })
    return putAccount(more, "claude", { provider: "anthropic" })
  })
  world.pool.ledger.cool(keyOf("openai-codex", "cold"), Date.now() + MINUTE, "usage_limit")
  const views = ["cold", "empty", "failed", "fine", "off"].map((name) => view(name, read(10, 10)))
  const failed = new Map([["failed", "refresh_token_reused"]])
  const choice = choose(world.pool, document, world.target, null, views, USE, failed)
  expect(choice).toMatchObject({ label: "fine", kept: false, reason: "best_pace_start" })
  expect(choice.terms.map(({ label, whyNot }) => [label, whyNot])).toEqual([
    ["cold", "cooling"],
    ["empty", "not_ready"],
    ["failed", "not_ready"],
    ["fine", null],
    ["off", "disabled"],
    ["unread", "usage_unknown"],
  ])
})

test("the occasion decides: a `use` keeps a label that lasts, `--next` leaves it", async () => {
  await using world = await labels(["boss", "qa"])
  const document = await world.document()
  const views = [view("boss", read(10, 10)), view("qa", read(10, 10))]
  const chosen = (occasion: typeof USE) =>
    choose(world.pool, document, world.target, "boss", views, occasion)
  expect(chosen(USE)).toMatchObject({ label: "boss", kept: true, reason: "idle_no_better" })
  expect(chosen(USE).numbers.horizonMinutes).toBe(120)
  expect(chosen({ ...USE, next: true })).toMatchObject({ label: "qa", kept: false })
  const limit = { ...USE, thresholds: { fivePct: 95, weeklyPct: 0 } }
  expect(chosen(limit).alsoReasons).toContain("below_5h_threshold")
})

test("a `use` has no threshold, and a spent window of one model parks no label", async () => {
  await using world = await labels(["boss"])
  const nearlySpent = read(99.5, 99.95)
  const views = [view("boss", nearlySpent)]
  const spent = choose(world.pool, await world.document(), world.target, "boss", views, USE)
  expect(spent.alsoReasons.join()).not.toContain("threshold")
  const fresh = read(10, 10)
  const windows = [...fresh.windows, scoped("5h", "spark", 100)]
  const { boss } = await termsOf(world, null, [view("boss", { ...fresh, windows })])
  expect(boss).toMatchObject({ serve: true, whyNot: null, leftOtherUnits: null })
})

test("how many 5h windows a week holds is measured plan by plan, and 8 until then", async () => {
  await using world = await labels(["boss", "qa"])
  // Fifty points of the 5h window cost ten of the week: a week holds five of them.
  seen(world, "boss", [
    [10, 20],
    [60, 30],
  ])
  const { boss, qa } = await termsOf(world, null, [
    view("boss", read(60, 30)),
    view("qa", read(0, 30, 0, "team")),
  ])
  expect(boss?.leftWeekUnits).toBeCloseTo(0.7 * 100 * 5, 6)
  expect(qa?.leftWeekUnits).toBeCloseTo(0.7 * 100 * 8, 6)
})

test("what was burnt since the readings is taken off the label that burnt it, by the last switch", async () => {
  await using world = await labels(["boss", "qa"])
  const views = [view("boss", read(0, 0, 20)), view("qa", read(0, 0, 20))]
  const perMinute = 40 / 60
  const left = async () => {
    const { boss, qa } = await termsOf(world, "boss", views)
    return [boss?.left5Units, qa?.left5Units].map((units) => Math.round(100 - Number(units)))
  }
  expect(await left()).toEqual([Math.round(20 * perMinute), 0])
  await world.edit((document) =>
    patchTarget(document, "codexCli", {
      lastAppliedAt: new Date(Date.now() - 5 * MINUTE).toISOString(),
      lastSelectionReceipt: { previousLabel: "qa" },
    }),
  )
  expect(await left()).toEqual([Math.round(5 * perMinute), Math.round(15 * perMinute)])
})
