const CLAUDE_TIER = /^default_claude_([a-z0-9_]+)$/

/**
 * A plan as a person reads it. Claude's issuer names one by its rate-limit tier, such as
 * `default_claude_max_20x`; its `default_claude_ai` says nothing but the size, which is 1x.
 */
export function planText(plan: string): string {
  const tier = CLAUDE_TIER.exec(plan)?.[1]
  if (tier === undefined) return plan
  return tier === "ai" ? "1x" : tier.replaceAll("_", " ")
}
