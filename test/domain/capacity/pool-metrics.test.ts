import { describe, expect, test } from "bun:test"
import type { Demand } from "../../../src/domain/capacity/demand.ts"
import type { LabelQuota } from "../../../src/domain/capacity/label-quota.ts"
import { loadRows } from "../../../src/domain/capacity/load-receipt.ts"
import { poolMetrics } from "../../../src/domain/capacity/pool-metrics.ts"
import { demand, NOW, quota } from "./pool-facts.ts"

type Member = { label: string; ready?: boolean; quota: LabelQuota | null }

function metrics(members: Member[], asked: Demand = demand(), receipt: unknown = null) {
  const labels = members.map((member) => ({ ready: true, ...member }))
  return poolMetrics({ labels, demand: asked, rows: loadRows(receipt), now: NOW })
}
const known = (made: LabelQuota): Member => ({ label: made.label, quota: made })

describe("a plain pool, without a fleet", () => {
  const members = [known(quota("a", 20, 40)), known(quota("b", 60, 10))]

  test("each label weighs 1", () =>
    expect(metrics(members).pool_now).toEqual({
      ready_accounts: 2,
      total_accounts: 2,
      active_agents: 0,
      total_agents: 0,
      assigned_load_w: 0,
      usable_capacity_w: 2,
      pool_load_pct: 0,
      spare_w: 2,
      spare_heavy: 0,
      spare_medium: 1,
      spare_light: 2,
    }))

  test("windows are means, rests and floors", () =>
    expect(metrics(members).windows).toEqual({
      pool_5h_used_pct: 40,
      pool_5h_remaining_w: 1.2,
      pool_7d_used_pct: 25,
      pool_7d_remaining_w: 1.5,
      floor_5h_pct: 40,
      floor_5h_label: "b",
      floor_7d_pct: 60,
      floor_7d_label: "a",
    }))

  test("the rate is what was used since the windows opened", () => {
    // 5h: (0.2 + 0.6) / 2.5 h = 0.32 an hour; week: (0.4 + 0.1) / 84 h.
    const { projection } = metrics(members)
    expect(projection).toEqual({
      load_pct_6h: 1.8,
      load_pct_24h: 7.1,
      load_pct_72h: 21.4,
      load_pct_7d: 50,
      overflow_eta_h: 336,
      first_constraint: "5h",
      first_constraint_label: "b",
      eta_5h_h: 3.8,
      eta_7d_h: 252,
    })
  })

  test("a tie of floors goes to the first by name", () => {
    const even = [known(quota("b", 50, 50)), known(quota("a", 50, 50))]
    expect(metrics(even).windows).toMatchObject({ floor_5h_label: "a", floor_7d_label: "a" })
  })
})

describe("what nobody knows", () => {
  test("a label without a reading is in no sum", () => {
    const { pool_now, windows } = metrics([known(quota("a", 20, 40)), { label: "b", quota: null }])
    expect(pool_now).toMatchObject({ ready_accounts: 2, usable_capacity_w: 1 })
    expect(windows).toMatchObject({ pool_5h_used_pct: 20, floor_5h_label: "a" })
  })

  test("a label that is not ready neither", () => {
    const members = [{ ...known(quota("a", 20, 40)), ready: false }, known(quota("b", 60, 10))]
    expect(metrics(members).pool_now).toMatchObject({ ready_accounts: 1, total_accounts: 2 })
    expect(metrics(members).windows.pool_5h_used_pct).toBe(60)
  })

  test("a pool without any reading has null, and nowhere 0, for what a reading would tell", () => {
    const { pool_now, windows, projection } = metrics([{ label: "a", quota: null }])
    const { usable_capacity_w, pool_load_pct, spare_w, spare_heavy } = pool_now
    const told = [usable_capacity_w, pool_load_pct, spare_w, spare_heavy]
    expect([...told, ...Object.values(windows), ...Object.values(projection)]).toEqual(
      Array.from({ length: 21 }, () => null),
    )
  })

  test("an empty pool has no capacity: that is known", () =>
    expect(metrics([]).pool_now).toMatchObject({ usable_capacity_w: 0, pool_load_pct: null }))

  test("a window that no label has is null; another one never stands in for it", () => {
    const { windows, projection } = metrics([
      known(quota("a", null, 40)),
      known(quota("b", null, 20)),
    ])
    expect(windows).toMatchObject({ pool_5h_used_pct: null, floor_5h_pct: null })
    expect(windows).toMatchObject({ pool_7d_used_pct: 30, floor_7d_label: "a" })
    expect(projection).toMatchObject({ first_constraint: "7d", eta_5h_h: null })
  })

  test("without use there is no rate, and so no end in sight", () =>
    expect(metrics([known(quota("a", 0, 0))]).projection).toMatchObject({
      load_pct_7d: 0,
      overflow_eta_h: null,
      first_constraint: null,
      first_constraint_label: null,
    }))
})

describe("a fleet on the pool", () => {
  const row = (label: string, more: object) => ({ perAccountLoad: [{ label, ...more }] })
  const boss = [known(quota("boss", 96, null, { five: 1 }))]
  const asked = demand({ heavy: 150, cold: 75 }, { agent: "boss" })

  test("the last rebalance rules over the shares (the reference's worked state)", () => {
    const receipt = row("boss", {
      carriedAgentCount: 3,
      carriedDemandWeight: 180,
      targetDemandWeight: 120,
    })
    const { pool_now, windows, projection } = metrics(boss, asked, receipt)
    expect(pool_now).toEqual({
      ready_accounts: 1,
      total_accounts: 1,
      active_agents: 3,
      total_agents: 3,
      assigned_load_w: 180,
      usable_capacity_w: 120,
      pool_load_pct: 150,
      spare_w: 0,
      spare_heavy: 0,
      spare_medium: 0,
      spare_light: 0,
    })
    expect(windows).toMatchObject({ pool_5h_used_pct: 96, floor_5h_label: "boss" })
    expect(projection).toMatchObject({
      load_pct_6h: 294,
      overflow_eta_h: 0,
      first_constraint: "5h",
      first_constraint_label: "boss",
    })
  })

  test.each([
    ["budget first", { capacityBudgetWeight: 7, targetDemandWeight: 5, carriedDemandWeight: 3 }, 7],
    ["then target", { targetDemandWeight: 5, carriedDemandWeight: 3 }, 5],
    ["then what it carries", { carriedDemandWeight: 3 }, 3],
    ["0 is no weight", { capacityBudgetWeight: 0 }, 337.5],
    ["nor is a text", { capacityBudgetWeight: "7" }, 337.5],
    ["a row of another label", { label: "gone", capacityBudgetWeight: 7 }, 337.5],
  ])("a label's weight: %s", (_name, more, weight) =>
    expect(metrics(boss, asked, row("boss", more)).pool_now.usable_capacity_w).toBe(weight),
  )

  test("without one the demand is shared by what is left, and assignments are the load", () => {
    const members = [known(quota("boss", 0, 50)), known(quota("qa", 0, 10))]
    const fleet = demand({ x: 100, y: 50, z: 10 }, { x: "boss", y: "qa", z: "qa" })
    expect(metrics(members, fleet).pool_now).toMatchObject({
      active_agents: 3,
      assigned_load_w: 160,
      usable_capacity_w: 160,
      pool_load_pct: 100,
      spare_w: 0,
    })
  })
})
