import { asObject } from "../document.ts"
import type { Label } from "../label.ts"
import { roundWeight, weightOr } from "./weights.ts"

/** What a rebalance planned for one label: a row of a receipt's `perAccountLoad`. */
export type LoadRow = {
  label: Label
  carriedAgentCount: number
  carriedDemandWeight: number
  targetDemandWeight: number
  /** Null where the receipt names none. */
  capacityBudgetWeight: number | null
  /** The weight that the label may carry: budget, else target, else what it carries; null of none. */
  budget: number | null
}

/** The rows of a stored rebalance receipt; what is no row is passed over. */
export function loadRows(receipt: unknown): LoadRow[] {
  const rows: unknown = asObject(receipt)?.perAccountLoad
  if (!Array.isArray(rows)) return []
  return rows.flatMap((row: unknown): LoadRow[] => {
    const { label, ...stored } = asObject(row) ?? {}
    if (typeof label !== "string") return []
    const numbers = [
      stored.capacityBudgetWeight,
      stored.targetDemandWeight,
      stored.carriedDemandWeight,
    ]
    const budget = numbers.find((value) => weightOr(value, -1) >= 0)
    return [
      {
        label: label.trim(),
        carriedAgentCount: Math.round(weightOr(stored.carriedAgentCount, 0)),
        carriedDemandWeight: roundWeight(weightOr(stored.carriedDemandWeight, 0)),
        targetDemandWeight: roundWeight(weightOr(stored.targetDemandWeight, 0)),
        capacityBudgetWeight:
          typeof stored.capacityBudgetWeight === "number"
            ? roundWeight(weightOr(stored.capacityBudgetWeight, 0))
            : null,
        budget: budget === undefined ? null : roundWeight(weightOr(budget, 0)),
      },
    ]
  })
}
