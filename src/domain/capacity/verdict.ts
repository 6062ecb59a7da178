import type { Capacity } from "./pool-capacity.ts"

/** Are there accounts enough? `unknown` where nothing can be said. */
export type CapacityVerdict = { verdict: "enough" | "tight" | "short" | "unknown"; reason: string }

/**
 * One word on the pool's capacity and why: what the last fortnight showed, what is spent now, and
 * how many labels nobody knows about.
 * @param counts labels of the pool: all, those that could serve now, those without a reading
 */
export function capacityVerdict(
  { needMoreAccounts, riskLevel, reasons }: Capacity,
  counts: { total: number; eligible: number; unknown: number },
): CapacityVerdict {
  const { total, eligible, unknown } = counts
  const [told] = reasons
  if (total === 0) return { verdict: "unknown", reason: "no label is in the pool" }
  if (needMoreAccounts) return { verdict: "short", reason: told ?? "labels ran out" }
  if (eligible === 0 && unknown > 0)
    return { verdict: "unknown", reason: "no label that could serve has a reading" }
  if (eligible === 0)
    return { verdict: "short", reason: "every label is spent, cooling or without a login" }
  if (riskLevel === "medium") return { verdict: "tight", reason: told ?? "labels nearly ran out" }
  if (total > 1 && eligible === 1)
    return { verdict: "tight", reason: "only one label could serve now" }
  return { verdict: "enough", reason: `${eligible} of ${total} could serve now` }
}
