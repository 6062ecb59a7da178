import type { Label } from "../label.ts"
import type { Demand } from "./demand.ts"
import type { LabelQuota } from "./label-quota.ts"
import type { LoadRow } from "./load-receipt.ts"
import { roundWeight, sumOf } from "./weights.ts"

/** The weight terms of a candidate, as the reference's `nextBestCandidate` names them. */
export type CandidateTerms = {
  assignedCount: number
  currentAssignedDemandWeight: number
  targetDemandWeight: number | null
  projectedDemandWeight: number
  overflowWeight: number | null
  /** Null also where the target is 0: JSON has no infinity. */
  projectedDemandRatio: number | null
  remainingBudgetWeight: number | null
  capacityBudgetWeight: number | null
}

/**
 * The terms of one label if one more consumer of middling weight came onto it (aimgr 4404b27,
 * page on selection §2.1): what it carries, and its share of the demand by the quota it has left.
 * They decide nothing here. A label without a reading has no share: null, not 0.
 */
export function candidateTerms(
  label: Label,
  facts: { quotas: readonly LabelQuota[]; demand: Demand; rows: readonly LoadRow[] },
): CandidateTerms {
  const { quotas, demand, rows } = facts
  const more = demand.buckets.medium
  const carried = demand.carried.get(label) ?? { weight: 0, agents: 0 }
  const projected = carried.weight + more
  const target = rows.findLast((row) => row.label === label)?.budget ?? share()
  return {
    assignedCount: carried.agents,
    currentAssignedDemandWeight: roundWeight(carried.weight),
    targetDemandWeight: target,
    projectedDemandWeight: roundWeight(projected),
    overflowWeight: target === null ? null : roundWeight(Math.max(0, projected - target)),
    projectedDemandRatio: target === null || target <= 0 ? null : projected / target,
    remainingBudgetWeight:
      target === null ? null : roundWeight(Math.max(0, target - carried.weight)),
    capacityBudgetWeight: target,
  }

  function share(): number | null {
    const quota = quotas.find((each) => each.label === label)
    if (quota === undefined) return null
    const left = sumOf(quotas.map(({ planningLeftPct }) => planningLeftPct))
    return left <= 0
      ? 0
      : roundWeight((quota.planningLeftPct / left) * Math.max(more, demand.total))
  }
}
