import { type Demand, demandOf } from "../../domain/capacity/demand.ts"
import { type LabelQuota, labelQuota } from "../../domain/capacity/label-quota.ts"
import { type LoadRow, loadRows } from "../../domain/capacity/load-receipt.ts"
import { type Capacity, pressureOf, projectCapacity } from "../../domain/capacity/pool-capacity.ts"
import { type PoolMetrics, poolMetrics } from "../../domain/capacity/pool-metrics.ts"
import { type CapacityVerdict, capacityVerdict } from "../../domain/capacity/verdict.ts"
import { asObject, type Document, labelsOf } from "../../domain/document.ts"
import { historyUnion } from "../../domain/history-union.ts"
import type { HistoryEntry } from "../../ledger/ledger.ts"
import type { UsageView } from "../../pool/usage.ts"
import type { AccountStatus } from "./account.ts"

/** The pool as a whole, under the reference's names (aimgr 4404b27 §3.2). */
export type PoolNumbers = {
  pool_now: PoolMetrics["pool_now"]
  windows: PoolMetrics["windows"]
  pressure: ReturnType<typeof pressureOf>
  projection: PoolMetrics["projection"]
  capacity: Capacity & CapacityVerdict
  /** Labels of the pool that are ready and have no reading: they are in no sum. */
  unknown: number
  /** What the terms of a candidate are made of: labels that could serve now. */
  terms: { quotas: LabelQuota[]; demand: Demand; rows: LoadRow[] }
}

/** Computes the Codex pool's numbers from readings, the vault's planner data and the history. */
export function poolNumbers(
  document: Document,
  accounts: readonly AccountStatus[],
  views: readonly UsageView[],
  history: readonly HistoryEntry[],
  now: number,
): PoolNumbers {
  const codex = labelsOf(document, "openai-codex")
  const block = asObject(document.pool.openaiCodex) ?? {}
  const openclaw = asObject(document.targets.openclaw) ?? {}
  const { agentDemand } = block
  const { assignments, exclusions, lastApplyReceipt } = openclaw
  const demand = demandOf({ agentDemand, assignments, exclusions }, codex)
  const rows = loadRows(lastApplyReceipt)
  const quotas = views.flatMap(({ key, reading }) =>
    key.provider === "openai-codex" ? (labelQuota(key.label, reading, now) ?? []) : [],
  )
  const quotaByLabel = new Map(quotas.map((quota) => [quota.label, quota]))
  const quotaOf = (label: string) => quotaByLabel.get(label) ?? null
  const codexLabels = new Set(codex)
  const members = accounts.filter(({ label, pool }) => pool.enabled && codexLabels.has(label))
  const labels = members.map(({ label, operator }) => ({
    label,
    ready: operator.status === "ready",
    quota: quotaOf(label),
  }))
  const metrics = poolMetrics({ labels, demand, rows, now })
  const capacity = projectCapacity({
    history: historyUnion(history, block.history),
    agentDemand,
    rows,
    quotas,
    now,
  })
  const eligible = members.filter(({ operator }) => operator.eligible)
  const unread = members.filter(({ usage }) => usage.windows.length === 0 && usage.credits === null)
  const unknown = unread.filter(({ operator }) => operator.status === "ready").length
  const counts = { total: members.length, eligible: eligible.length, unknown }
  return {
    pool_now: metrics.pool_now,
    windows: metrics.windows,
    pressure: pressureOf(capacity, rows),
    projection: metrics.projection,
    capacity: { ...capacity, ...capacityVerdict(capacity, counts) },
    unknown,
    terms: { quotas: eligible.flatMap(({ label }) => quotaOf(label) ?? []), demand, rows },
  }
}
