import type { Label } from "../label.ts"
import { compareLabels } from "../label-order.ts"
import type { LabelQuota, PoolWindow } from "./label-quota.ts"
import { roundTenth, roundWeight, sumOf } from "./weights.ts"

const HOUR_MS = 3_600_000

/** One kind of window over the whole pool; null where no label has such a window. */
export type WindowSum = {
  /** Weighted mean. */
  usedPct: number | null
  leftWeight: number | null
  /** The smallest rest, and the label that has it: the first by name where several do. */
  floorPct: number | null
  floorLabel: Label | null
  /** Weight used per hour since each window opened. */
  ratePerHour: number | null
}

const NOBODY: WindowSum = {
  usedPct: null,
  leftWeight: null,
  floorPct: null,
  floorLabel: null,
  ratePerHour: null,
}

/**
 * Sums a kind of window over labels with their weights (aimgr 4404b27 §3.6). Unlike there, a label
 * without this window is left out: another window never stands in for it.
 */
export function sumWindows(
  kind: "five" | "week",
  quotas: readonly LabelQuota[],
  weights: ReadonlyMap<Label, number>,
  now: number,
): WindowSum {
  const rows = quotas
    .toSorted((a, b) => compareLabels(a.label, b.label))
    .flatMap((quota) => {
      const window = quota[kind]
      const weight = weights.get(quota.label) ?? 0
      return window === null || weight <= 0 ? [] : [{ label: quota.label, window, weight }]
    })
  const [first] = rows
  if (first === undefined) return NOBODY
  const floor = rows.reduce(
    (least, row) => (row.window.leftPct < least.window.leftPct ? row : least),
    first,
  )
  const total = sumOf(rows.map(({ weight }) => weight))
  const used = sumOf(rows.map(({ weight, window }) => weight * window.usedPct))
  return {
    usedPct: roundTenth(used / total),
    leftWeight: roundWeight(
      sumOf(rows.map(({ weight, window }) => (weight * window.leftPct) / 100)),
    ),
    floorPct: roundTenth(floor.window.leftPct),
    floorLabel: floor.label,
    ratePerHour: sumOf(rows.map(({ weight, window }) => weight * ratePerHour(window, now))),
  }
}

/** The share of a window used per hour since it opened; 0 where its reset is not known. */
function ratePerHour({ usedPct, hours, resetAt }: PoolWindow, now: number): number {
  if (resetAt === null) return 0
  const left = Math.min(hours, Math.max(0, (resetAt - now) / HOUR_MS))
  const elapsed = hours - left
  return elapsed <= 0 ? 0 : usedPct / 100 / elapsed
}
