import type { Label } from "../label.ts"
import type { Demand } from "./demand.ts"
import type { LabelQuota } from "./label-quota.ts"
import type { LoadRow } from "./load-receipt.ts"
import { roundTenth, roundWeight, sumOf } from "./weights.ts"
import { sumWindows, type WindowSum } from "./window-sum.ts"

/** What the pool's numbers are made of. */
export type PoolFacts = {
  /** The enabled labels of one provider, in label order. */
  labels: readonly { label: Label; ready: boolean; quota: LabelQuota | null }[]
  demand: Demand
  /** What the last rebalance planned. */
  rows: readonly LoadRow[]
  /** Epoch ms. */
  now: number
}

export type PoolMetrics = ReturnType<typeof poolMetrics>

/**
 * The reference's `pool_now`, `windows` and `projection` (aimgr 4404b27 §3.6). A label without a
 * reading is in no sum; what no label can tell is null, where the reference has 0.
 */
export function poolMetrics({ labels, demand, rows, now }: PoolFacts) {
  const ready = labels.filter((each) => each.ready)
  const quotas = ready.flatMap(({ quota }) => quota ?? [])
  const weights = labelWeights(quotas, demand, rows)
  const carried = labels.map(({ label }) => demand.carried.get(label) ?? { weight: 0, agents: 0 })
  const planned = roundWeight(sumOf(rows.map((row) => row.carriedDemandWeight)))
  const plannedAgents = sumOf(rows.map((row) => row.carriedAgentCount))
  const assigned = planned > 0 ? planned : roundWeight(sumOf(carried.map(({ weight }) => weight)))
  // Nothing known of ready labels is no capacity of 0: unknown is not spent.
  const known = quotas.length > 0 || ready.length === 0
  const usable = known ? roundWeight(sumOf(weights.values())) : null
  const spare = usable === null ? null : roundWeight(Math.max(0, usable - assigned))
  const five = sumWindows("five", quotas, weights, now)
  const week = sumWindows("week", quotas, weights, now)
  return {
    pool_now: {
      ready_accounts: ready.length,
      total_accounts: labels.length,
      active_agents: plannedAgents > 0 ? plannedAgents : sumOf(carried.map(({ agents }) => agents)),
      total_agents: demand.weights.size,
      assigned_load_w: assigned,
      usable_capacity_w: usable,
      pool_load_pct: usable ? roundTenth((100 * assigned) / usable) : null,
      spare_w: spare,
      spare_heavy: fits(spare, demand.buckets.heavy),
      spare_medium: fits(spare, demand.buckets.medium),
      spare_light: fits(spare, demand.buckets.light),
    },
    windows: {
      pool_5h_used_pct: five.usedPct,
      pool_5h_remaining_w: five.leftWeight,
      pool_7d_used_pct: week.usedPct,
      pool_7d_remaining_w: week.leftWeight,
      floor_5h_pct: five.floorPct,
      floor_5h_label: five.floorLabel,
      floor_7d_pct: week.floorPct,
      floor_7d_label: week.floorLabel,
    },
    projection: project({ assigned, usable, spare, five, week }),
  }
}

/** What each label may carry: by the last rebalance, else its share of the demand, else 1. */
function labelWeights(
  quotas: readonly LabelQuota[],
  { total }: Demand,
  rows: readonly LoadRow[],
): Map<Label, number> {
  const left = sumOf(quotas.map(({ planningLeftPct }) => planningLeftPct))
  return new Map(
    quotas.map(({ label, planningLeftPct }) => {
      const planned = rows.findLast((row) => row.label === label)?.budget ?? 0
      const share = total > 0 && left > 0 ? (planningLeftPct / left) * total : 1
      return [label, planned > 0 ? planned : roundWeight(share)]
    }),
  )
}

/** How many more consumers of this weight would find room. */
function fits(spare: number | null, weight: number): number | null {
  return spare === null ? null : Math.floor(spare / weight)
}

type Sums = {
  assigned: number
  usable: number | null
  spare: number | null
  five: WindowSum
  week: WindowSum
}

/** Where the present rate leads to; hours and percent are null where there is no rate to tell. */
function project({ assigned, usable, spare, five, week }: Sums) {
  const known = five.ratePerHour !== null || week.ratePerHour !== null
  const rate = week.ratePerHour || five.ratePerHour || 0
  const loadAfter = (hours: number) =>
    usable && known ? roundTenth((100 * (assigned + rate * hours)) / usable) : null
  const eta5 = hoursLeft(five)
  const eta7 = hoursLeft(week)
  const fiveFirst = eta5 !== null && (eta7 === null || eta5 <= eta7)
  const first = fiveFirst ? ("5h" as const) : eta7 === null ? null : ("7d" as const)
  return {
    load_pct_6h: loadAfter(6),
    load_pct_24h: loadAfter(24),
    load_pct_72h: loadAfter(72),
    load_pct_7d: loadAfter(168),
    overflow_eta_h: rate > 0 && spare !== null ? roundTenth(spare / rate) : null,
    first_constraint: first,
    first_constraint_label:
      first === null ? null : first === "5h" ? five.floorLabel : week.floorLabel,
    /** aim's own: hours until the pool's 5h windows, or its weeks, are used up at this rate. */
    eta_5h_h: eta5,
    eta_7d_h: eta7,
  }
}

function hoursLeft({ leftWeight, ratePerHour }: WindowSum): number | null {
  if (leftWeight === null || ratePerHour === null || ratePerHour <= 0) return null
  return roundTenth(leftWeight / ratePerHour)
}
