import { compareLabels } from "../label-order.ts"
import type { Standing } from "./standing.ts"

/** Negative where `a` goes before `b`. */
type Order<Item> = (a: Item, b: Item) => number

/** The faster pace first, then more of the week, more of the 5h window, the label. */
const byPace: Order<Standing> = (a, b) =>
  more(a.pace, b.pace) ||
  more(a.leftWeek, b.leftWeek) ||
  more(a.left5, b.left5) ||
  compareLabels(a.label, b.label)

/** The longer runway first, then more left, the label. */
const byRunway: Order<Standing> = (a, b) =>
  more(a.runwayMean, b.runwayMean) || more(a.left, b.left) || compareLabels(a.label, b.label)

/** The best of the labels that can serve, and whether it was found among those that carry. */
export type Picked = { best: Standing; carries: boolean }

/**
 * Picks among labels that can serve: of those that carry and would not be left at once, the best
 * pace; above the operator's thresholds before below; if none carries, the longest runway.
 */
export function pickBest(serving: readonly Standing[]): Picked | null {
  const carrying = serving.filter((standing) => standing.carry && standing.calm)
  const above = carrying.filter((standing) => standing.aboveThresholds)
  const carrier = first(above, byPace) ?? first(carrying, byPace)
  if (carrier !== null) return { best: carrier, carries: true }
  const lasting = first(serving, byRunway)
  return lasting === null ? null : { best: lasting, carries: false }
}

/** The first by an order, in one pass. */
export function first<Item>(items: readonly Item[], order: Order<Item>): Item | null {
  return items.reduce<Item | null>(
    (best, item) => (best === null || order(item, best) < 0 ? item : best),
    null,
  )
}

/** Compares so that the larger goes first; equal infinities are equal. */
export function more(a: number, b: number): number {
  return a === b ? 0 : a > b ? -1 : 1
}
