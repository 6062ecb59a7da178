import { describe, expect, test } from "bun:test"
import { loadRows } from "../../../src/domain/capacity/load-receipt.ts"
import {
  type Capacity,
  pressureOf,
  projectCapacity,
} from "../../../src/domain/capacity/pool-capacity.ts"
import { capacityVerdict } from "../../../src/domain/capacity/verdict.ts"
import type { JsonObject } from "../../../src/domain/login.ts"
import { HOUR, NOW, quota } from "./pool-facts.ts"

const daysAgo = (days: number) => new Date(NOW - days * 24 * HOUR).toISOString()
const event = (more: JsonObject, days = 1): JsonObject => ({ observedAt: daysAgo(days), ...more })
const BLOCKED = event({ kind: "selection", status: "blocked", reason: "no_eligible_pool_account" })
const OVERFLOW = event({ kind: "rebalance", reason: "projected_demand_exceeds_eligible_supply" })
const WARNED = event({ kind: "rebalance", status: "applied_with_warnings" })
const SPARE = event({ kind: "exhaustion", hadSpareEligibleCapacity: true })
const NO_SPARE = event({ kind: "exhaustion", hadSpareEligibleCapacity: false })

function capacityOf(
  history: JsonObject[],
  more: { agentDemand?: unknown; receipt?: unknown } = {},
) {
  return projectCapacity({
    history,
    agentDemand: more.agentDemand,
    rows: loadRows(more.receipt),
    quotas: [quota("boss", 96, 10), quota("qa", 10, 20)],
    now: NOW,
  })
}

describe("the last fortnight", () => {
  test.each<[string, JsonObject[], boolean, string]>([
    ["nothing", [], false, "low"],
    ["one blocked", [BLOCKED], true, "high"],
    ["one overflow", [OVERFLOW], true, "high"],
    ["one exhaustion without a spare", [NO_SPARE], false, "low"],
    ["two of them", [NO_SPARE, NO_SPARE], true, "high"],
    ["one exhaustion with a spare", [SPARE], false, "medium"],
    ["one warning", [WARNED], false, "low"],
    ["two warnings", [WARNED, WARNED], false, "medium"],
    ["longer ago", [{ ...BLOCKED, observedAt: daysAgo(14.01) }], false, "low"],
    ["a time that is none", [{ ...BLOCKED, observedAt: "soon" }], false, "low"],
  ])("%s", (_name, history, needMoreAccounts, riskLevel) =>
    expect(capacityOf(history)).toMatchObject({ needMoreAccounts, riskLevel: riskLevel as "low" }),
  )

  test("everything is counted, and told in words", () => {
    const all = [BLOCKED, OVERFLOW, WARNED, SPARE, NO_SPARE, NO_SPARE]
    const { basedOn, reasons } = capacityOf(all, {
      agentDemand: {
        heavy: { source: "openclaw-session-tokens" },
        cold: { source: "cold-start-equal-share" },
        odd: "x",
      },
    })
    expect(basedOn).toEqual({
      horizonDays: 7,
      lookbackDays: 14,
      blockedNoEligible: 1,
      demandOverflowReceipts: 1,
      warningReceipts: 1,
      spareExhaustions: 1,
      noSpareExhaustions: 2,
      currentHighUtilizationLabels: ["boss"],
      knownAgentDemandCount: 1,
      coldStartAgentCount: 1,
    })
    expect(reasons).toHaveLength(5)
    expect(reasons[2]).toBe(
      "2 times in 14 days a decision spent a label while no other could serve",
    )
  })
})

describe("the pressure of a rebalance", () => {
  const receipt = {
    perAccountLoad: [
      { label: "even", carriedDemandWeight: 5, targetDemandWeight: 5 },
      { label: "zero", carriedDemandWeight: 5, targetDemandWeight: 0 },
      {
        label: "boss",
        carriedAgentCount: 3,
        carriedDemandWeight: 180,
        targetDemandWeight: 120,
        capacityBudgetWeight: 130,
      },
      "no row",
    ],
  }
  test("is sorted by ratio; a missing reading is null", () => {
    const capacity = capacityOf([], { receipt })
    expect(capacity.byAccountPressure?.map(({ label }) => label)).toEqual(["boss", "even", "zero"])
    expect(capacity.byAccountPressure?.[0]).toEqual({
      label: "boss",
      carriedAgentCount: 3,
      carriedDemandWeight: 180,
      targetDemandWeight: 120,
      capacityBudgetWeight: 130,
      pressureRatio: 1.5,
      overTargetDemandWeight: 60,
      primaryRemainingPct: 4,
      secondaryRemainingPct: 90,
    })
    expect(capacity.byAccountPressure?.[2]).toMatchObject({
      pressureRatio: null,
      primaryRemainingPct: null,
    })
    expect(capacity.reasons).toContain("boss carries 180 of demand, its share is 120")
    expect(pressureOf(capacity, loadRows(receipt))).toEqual({
      recent_overflows_14d: 0,
      rebalances_blocked_14d: 0,
      rebalances_warn_14d: 0,
      cold_start_agents: 0,
      over_target_accounts: 2,
    })
  })

  test("is left out without one, as the reference does it", () =>
    expect(capacityOf([])).not.toHaveProperty("byAccountPressure"))
})

describe("the verdict", () => {
  const calm = capacityOf([])
  test.each<[string, Capacity, [number, number, number], string]>([
    ["no pool", calm, [0, 0, 0], "unknown"],
    ["blocked lately", capacityOf([BLOCKED]), [3, 3, 0], "short"],
    ["nobody knows", calm, [3, 0, 2], "unknown"],
    ["all spent", calm, [3, 0, 0], "short"],
    ["a warning sign", capacityOf([SPARE]), [3, 3, 0], "tight"],
    ["one left of three", calm, [3, 1, 0], "tight"],
    ["the only one", calm, [1, 1, 0], "enough"],
    ["plenty", calm, [3, 2, 1], "enough"],
  ])("%s", (_name, capacity, [total, eligible, unknown], verdict) => {
    const said = capacityVerdict(capacity, { total, eligible, unknown })
    expect(said.verdict).toBe(verdict as typeof said.verdict)
    expect(said.reason).toMatch(/^\S.{5,}/)
  })
})
