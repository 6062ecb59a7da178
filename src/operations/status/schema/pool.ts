import * as v from "valibot"
import { numberOrNull, said, text, textOrNull, whole } from "../../../domain/schema-parts.ts"

/** What `codex use` would choose now; the reference's names. */
export const NextBest = v.object({
  label: text,
  assignedCount: whole,
  currentAssignedDemandWeight: v.number(),
  targetDemandWeight: numberOrNull,
  projectedDemandWeight: v.number(),
  overflowWeight: numberOrNull,
  projectedDemandRatio: said(numberOrNull, "null also where the target is 0"),
  remainingBudgetWeight: numberOrNull,
  capacityBudgetWeight: numberOrNull,
  primaryRemainingPct: said(numberOrNull, "of the 5h window"),
  secondaryRemainingPct: said(numberOrNull, "of the weekly window"),
  keptCurrent: v.boolean(),
  reasons: v.array(text),
  accountId: textOrNull,
  primaryUsedPct: numberOrNull,
  secondaryUsedPct: numberOrNull,
  observedAt: said(numberOrNull, "epoch ms"),
})

/** The pool now, in agents and weights; what no label can tell is null. */
export const PoolNow = v.object({
  ready_accounts: whole,
  total_accounts: whole,
  active_agents: whole,
  total_agents: whole,
  assigned_load_w: v.number(),
  usable_capacity_w: numberOrNull,
  pool_load_pct: numberOrNull,
  spare_w: numberOrNull,
  spare_heavy: numberOrNull,
  spare_medium: numberOrNull,
  spare_light: numberOrNull,
})

export const Windows = v.object({
  pool_5h_used_pct: numberOrNull,
  pool_5h_remaining_w: numberOrNull,
  pool_7d_used_pct: numberOrNull,
  pool_7d_remaining_w: numberOrNull,
  floor_5h_pct: said(numberOrNull, "what the label with the least has left"),
  floor_5h_label: textOrNull,
  floor_7d_pct: numberOrNull,
  floor_7d_label: textOrNull,
})

export const Pressure = v.object({
  recent_overflows_14d: whole,
  rebalances_blocked_14d: whole,
  rebalances_warn_14d: whole,
  cold_start_agents: whole,
  over_target_accounts: whole,
})

export const Projection = v.object({
  load_pct_6h: numberOrNull,
  load_pct_24h: numberOrNull,
  load_pct_72h: numberOrNull,
  load_pct_7d: numberOrNull,
  overflow_eta_h: numberOrNull,
  first_constraint: v.nullable(v.picklist(["5h", "7d"])),
  first_constraint_label: textOrNull,
  eta_5h_h: said(numberOrNull, "hours until the pool's 5h windows are used up at this rate"),
  eta_7d_h: numberOrNull,
})

export const Capacity = v.object({
  needMoreAccounts: v.boolean(),
  riskLevel: v.picklist(["high", "medium", "low"]),
  reasons: v.array(text),
  basedOn: v.object({
    horizonDays: whole,
    lookbackDays: whole,
    blockedNoEligible: whole,
    demandOverflowReceipts: whole,
    warningReceipts: whole,
    spareExhaustions: whole,
    noSpareExhaustions: whole,
    currentHighUtilizationLabels: v.array(text),
    knownAgentDemandCount: whole,
    coldStartAgentCount: whole,
  }),
  byAccountPressure: v.exactOptional(
    v.array(
      v.object({
        label: text,
        carriedAgentCount: whole,
        carriedDemandWeight: v.number(),
        targetDemandWeight: v.number(),
        capacityBudgetWeight: v.exactOptional(v.number()),
        pressureRatio: numberOrNull,
        overTargetDemandWeight: v.number(),
        primaryRemainingPct: numberOrNull,
        secondaryRemainingPct: numberOrNull,
      }),
    ),
  ),
  verdict: v.picklist(["enough", "tight", "short", "unknown"]),
  reason: said(text, "why the verdict is that"),
})
