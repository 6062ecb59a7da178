import { parseIso } from "../../system/time.ts"
import { asObject } from "../document.ts"
import type { Label } from "../label.ts"
import { compareLabels } from "../label-order.ts"
import type { JsonObject } from "../login.ts"
import { isSpent, type LabelQuota } from "./label-quota.ts"
import type { LoadRow } from "./load-receipt.ts"
import { roundWeight } from "./weights.ts"

const HORIZON_DAYS = 7
const LOOKBACK_DAYS = 14
const DAY_MS = 86_400_000

export type CapacityFacts = {
  /** Entries of `pool.openaiCodex.history`, each once, in any order. */
  history: readonly JsonObject[]
  agentDemand: unknown
  rows: readonly LoadRow[]
  /** Every label that has a reading, in the pool or not. */
  quotas: readonly LabelQuota[]
  /** Epoch ms. */
  now: number
}

export type Capacity = ReturnType<typeof projectCapacity>

/** The reference's `capacity` (aimgr 4404b27 §3.6): does the last fortnight ask for more accounts? */
export function projectCapacity({ history, agentDemand, rows, quotas, now }: CapacityFacts) {
  const basedOn = {
    horizonDays: HORIZON_DAYS,
    lookbackDays: LOOKBACK_DAYS,
    ...countEvents(history, now),
    currentHighUtilizationLabels: quotas
      .filter(isSpent)
      .map(({ label }) => label)
      .sort(compareLabels),
    ...countAgents(agentDemand),
  }
  const pressure = byAccountPressure(rows, quotas)
  const { blockedNoEligible, demandOverflowReceipts, noSpareExhaustions } = basedOn
  const needMoreAccounts =
    blockedNoEligible >= 1 || noSpareExhaustions >= 2 || demandOverflowReceipts >= 1
  const strained = basedOn.spareExhaustions >= 1 || basedOn.warningReceipts >= 2
  return {
    needMoreAccounts,
    riskLevel: needMoreAccounts
      ? ("high" as const)
      : strained
        ? ("medium" as const)
        : ("low" as const),
    reasons: reasonsOf(basedOn, pressure),
    basedOn,
    ...(pressure.length > 0 ? { byAccountPressure: pressure } : {}),
  }
}

/** The reference's `pressure`. */
export function pressureOf({ basedOn }: Capacity, rows: readonly LoadRow[]) {
  return {
    recent_overflows_14d: basedOn.demandOverflowReceipts,
    rebalances_blocked_14d: basedOn.blockedNoEligible,
    rebalances_warn_14d: basedOn.warningReceipts,
    cold_start_agents: basedOn.coldStartAgentCount,
    over_target_accounts: rows.filter((row) => overTarget(row) > 0).length,
  }
}

function countEvents(history: readonly JsonObject[], now: number) {
  const since = now - LOOKBACK_DAYS * DAY_MS
  const events = history.filter(({ observedAt }) => (parseIso(observedAt) ?? 0) >= since)
  const count = (test: (event: JsonObject) => boolean) => events.filter(test).length
  const exhausted = (spare: boolean) =>
    count(
      ({ kind, hadSpareEligibleCapacity }) =>
        kind === "exhaustion" && hadSpareEligibleCapacity === spare,
    )
  return {
    blockedNoEligible: count(
      ({ status, reason }) => status === "blocked" && reason === "no_eligible_pool_account",
    ),
    demandOverflowReceipts: count(
      ({ reason }) => reason === "projected_demand_exceeds_eligible_supply",
    ),
    warningReceipts: count(
      ({ status }) => typeof status === "string" && status.endsWith("_with_warnings"),
    ),
    spareExhaustions: exhausted(true),
    noSpareExhaustions: exhausted(false),
  }
}

function countAgents(agentDemand: unknown) {
  const entries = Object.values(asObject(agentDemand) ?? {})
  const from = (source: string) =>
    entries.filter((entry) => asObject(entry)?.source === source).length
  return {
    knownAgentDemandCount: from("openclaw-session-tokens"),
    coldStartAgentCount: from("cold-start-equal-share"),
  }
}

type Pressure = ReturnType<typeof byAccountPressure>

function byAccountPressure(rows: readonly LoadRow[], quotas: readonly LabelQuota[]) {
  const pressure = rows.map((row) => {
    const { label, carriedDemandWeight, targetDemandWeight, capacityBudgetWeight } = row
    const quota = quotas.find((each) => each.label === label)
    return {
      label: label as Label,
      carriedAgentCount: row.carriedAgentCount,
      carriedDemandWeight,
      targetDemandWeight,
      ...(capacityBudgetWeight === null ? {} : { capacityBudgetWeight }),
      pressureRatio:
        targetDemandWeight > 0 ? roundWeight(carriedDemandWeight / targetDemandWeight) : null,
      overTargetDemandWeight: overTarget(row),
      primaryRemainingPct: quota?.five?.leftPct ?? null,
      secondaryRemainingPct: quota?.week?.leftPct ?? null,
    }
  })
  return pressure.sort(
    (a, b) => (b.pressureRatio ?? -1) - (a.pressureRatio ?? -1) || compareLabels(a.label, b.label),
  )
}

function overTarget({ carriedDemandWeight, targetDemandWeight }: LoadRow): number {
  return roundWeight(Math.max(0, carriedDemandWeight - targetDemandWeight))
}

function reasonsOf(basedOn: ReturnType<typeof countEvents>, pressure: Pressure): string[] {
  const told: [number, string][] = [
    [basedOn.blockedNoEligible, "found no label that could serve"],
    [basedOn.demandOverflowReceipts, "found more demand than the labels could carry"],
    [basedOn.noSpareExhaustions, "spent a label while no other could serve"],
    [basedOn.spareExhaustions, "spent a label while another could serve"],
    [basedOn.warningReceipts, "ended with warnings"],
  ]
  const events = told
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${times(count)} in ${LOOKBACK_DAYS} days a decision ${what}`)
  const over = pressure
    .filter(({ overTargetDemandWeight }) => overTargetDemandWeight > 0)
    .map(
      ({ label, carriedDemandWeight, targetDemandWeight }) =>
        `${label} carries ${carriedDemandWeight} of demand, its share is ${targetDemandWeight}`,
    )
  return [...events, ...over]
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`
}
