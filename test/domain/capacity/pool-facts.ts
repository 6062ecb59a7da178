import { type Demand, demandOf } from "../../../src/domain/capacity/demand.ts"
import { type LabelQuota, labelQuota } from "../../../src/domain/capacity/label-quota.ts"
import type { Reading, UsageWindow } from "../../../src/domain/window.ts"

/** The instant that all pool facts are of. */
export const NOW = Date.UTC(2026, 10, 20, 12)
export const HOUR = 3_600_000

/** A window of so many percent used, whose reset is `hours` away (null: nobody says). */
export function usageWindow(kind: string, usedPercent: number, hours: number | null): UsageWindow {
  const lengthMinutes = kind === "weekly" ? 10_080 : kind === "5h" ? 300 : 180
  const resetAt = hours === null ? null : NOW + hours * HOUR
  return { kind, usedPercent, resetAt, lengthMinutes, scope: null }
}

export function reading(...windows: UsageWindow[]): Reading {
  return {
    observedAt: NOW,
    plan: "plus",
    windows,
    credits: null,
    allowed: true,
    limitReached: false,
    source: "usage_endpoint",
  }
}

/** A label's quota by percent used; null for a window that its plan lacks. */
export function quota(
  label: string,
  five: number | null,
  week: number | null,
  hours: { five?: number; week?: number } = {},
): LabelQuota {
  const windows = [
    ...(five === null ? [] : [usageWindow("5h", five, hours.five ?? 2.5)]),
    ...(week === null ? [] : [usageWindow("weekly", week, hours.week ?? 84)]),
  ]
  const made = labelQuota(label, reading(...windows), NOW)
  if (made === null) throw new Error("a quota needs a window")
  return made
}

/** Demand from weights by agent (null: not measured) and assignments. */
export function demand(
  weights: Record<string, number | null> = {},
  assignments: Record<string, string> = {},
  exclusions: Record<string, unknown> = {},
): Demand {
  const agentDemand = Object.fromEntries(
    Object.entries(weights).map(([agent, demandWeight]) => [
      agent,
      demandWeight === null ? {} : { demandWeight },
    ]),
  )
  return demandOf({ agentDemand, assignments, exclusions }, Object.values(assignments))
}
