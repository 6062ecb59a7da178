import { asObject } from "../document.ts"
import type { Label } from "../label.ts"
import type { JsonObject } from "../login.ts"
import { roundWeight, sumOf, weightOr } from "./weights.ts"

/** No consumer weighs less (the reference's MIN_AGENT_DEMAND_WEIGHT). */
const LEAST = 1

/** What the agents of a fleet ask for, and which label each is on; weights are the reference's. */
export type Demand = {
  /** By agent id, rounded. */
  weights: ReadonlyMap<string, number>
  total: number
  /** Sum of the weights on each label, and how many agents that is. */
  carried: ReadonlyMap<Label, { weight: number; agents: number }>
  buckets: { light: number; medium: number; heavy: number }
}

/**
 * The demand of all agents that have a ledger entry or are assigned to one of `labels`, without
 * the excluded ones (aimgr 4404b27 §3.6). An agent that nobody has measured weighs the mean of the
 * measured ones.
 */
export function demandOf(
  stored: { agentDemand: unknown; assignments: unknown; exclusions: unknown },
  labels: readonly Label[],
): Demand {
  const ledger = asObject(stored.agentDemand) ?? {}
  const assigned = assignmentsTo(stored.assignments, labels)
  const agents = [...new Set([...Object.keys(ledger), ...assigned.keys()])].filter(
    (agent) => !isExcluded(stored.exclusions, agent),
  )
  const measured = agents
    .map((agent) => weightOr(asObject(ledger[agent])?.demandWeight, 0))
    .filter((weight) => weight > 0)
  const mean = measured.length === 0 ? LEAST : sumOf(measured) / measured.length
  const weights = new Map(
    agents.map((agent) => {
      const weight = weightOr(asObject(ledger[agent])?.demandWeight, Math.max(LEAST, mean))
      return [agent, roundWeight(Math.max(LEAST, weight))]
    }),
  )
  return {
    weights,
    total: sumOf(weights.values()),
    carried: carriedBy(assigned, weights),
    buckets: bucketsOf([...weights.values()]),
  }
}

/** The agents on one of these labels; an assignment to anything else is not counted. */
function assignmentsTo(stored: unknown, labels: readonly Label[]): Map<string, Label> {
  const entries = Object.entries(asObject(stored) ?? {}).flatMap(([agent, label]) =>
    typeof label === "string" && labels.includes(label.trim())
      ? [[agent, label.trim()] as const]
      : [],
  )
  return new Map(entries)
}

function carriedBy(
  assigned: ReadonlyMap<string, Label>,
  weights: ReadonlyMap<string, number>,
): Demand["carried"] {
  const carried = new Map<Label, { weight: number; agents: number }>()
  for (const [agent, label] of assigned) {
    const weight = weights.get(agent)
    if (weight === undefined) continue
    const before = carried.get(label) ?? { weight: 0, agents: 0 }
    carried.set(label, { weight: roundWeight(before.weight + weight), agents: before.agents + 1 })
  }
  return carried
}

/** The quartiles of the weights, each at least the one below it; 1, 2 and 4 without any. */
function bucketsOf(weights: readonly number[]): Demand["buckets"] {
  if (weights.length === 0) return { light: 1, medium: 2, heavy: 4 }
  const sorted = weights.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? LEAST
  const light = roundWeight(Math.max(LEAST, at(0.25)))
  const medium = roundWeight(Math.max(light, at(0.5)))
  return { light, medium, heavy: roundWeight(Math.max(medium, at(0.75))) }
}

/** An exclusion is a reason: any text that says something. */
function isExcluded(exclusions: unknown, agent: string): boolean {
  const reason = (asObject(exclusions) as JsonObject | null)?.[agent]
  return typeof reason === "string" && reason.trim() !== ""
}
