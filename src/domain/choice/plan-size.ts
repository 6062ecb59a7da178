import type { ProviderId } from "../provider-id.ts"

/** How big a plan is beside the provider's smallest paid one, and whether that is known or assumed. */
export type PlanSize = { size: 1 | 5 | 20; known: boolean }

const ASSUMED: PlanSize = { size: 1, known: false }

/**
 * `plan_type` names of Codex CLI 0.169 (its schema) whose size is sold openly: Plus is 1x, `prolite`
 * is Pro 5x, `pro` is Pro 20x, and a Team or Business seat has the limits of Plus.
 */
const CODEX_SIZES: Readonly<Record<string, 1 | 5 | 20>> = {
  plus: 1,
  team: 1,
  business: 1,
  prolite: 5,
  pro: 20,
}

/**
 * Names of the same schema whose size nobody has published: taken as the plan in their name. The
 * others (`free`, `go`, `edu`, `edu_plus`, `sci`, `sci_plus`, `ent26`, `enterprise...`, the usage
 * based ones) are 1, the reading that is safe.
 */
const CODEX_GUESSES: Readonly<Record<string, 1 | 5 | 20>> = {
  self_serve_business_prolite: 5,
  edu_pro: 20,
  promax: 20,
}

/**
 * The size of a Codex plan.
 * @param planType the wire's `plan_type`; the reference's stored `pro ($5.50)` is understood too
 */
export function codexPlanSize(planType: string | null): PlanSize {
  const name = planType?.trim().toLowerCase().match(/^\w+/)?.[0]
  if (name === undefined) return ASSUMED
  const size = Object.hasOwn(CODEX_SIZES, name) ? CODEX_SIZES[name] : undefined
  if (size !== undefined) return { size, known: true }
  const guess = Object.hasOwn(CODEX_GUESSES, name) ? CODEX_GUESSES[name] : undefined
  return guess === undefined ? ASSUMED : { size: guess, known: false }
}

const CLAUDE_ONE_TIMES = new Set(["default_claude_ai", "default_claude_pro"])

/**
 * The size of a Claude plan from `rateLimitTier` (Claude Code 2.1.329: `default_claude_max_5x`,
 * `default_claude_max_20x`; Pro has `default_claude_pro` or `default_claude_ai`). The multiple in the
 * name counts; one we do not know is taken down to the next size we do.
 */
export function claudePlanSize(rateLimitTier: string | null): PlanSize {
  const tier = rateLimitTier?.trim().toLowerCase() ?? ""
  if (CLAUDE_ONE_TIMES.has(tier)) return { size: 1, known: true }
  const multiple = Number(/_(\d{1,4})x$/.exec(tier)?.[1] ?? Number.NaN)
  if (!(multiple >= 1)) return ASSUMED
  const size = multiple >= 20 ? 20 : multiple >= 5 ? 5 : 1
  return { size, known: size === multiple }
}

const SIZES: Record<ProviderId, (plan: string | null) => PlanSize> = {
  "openai-codex": codexPlanSize,
  anthropic: claudePlanSize,
}

/** The size of a plan as its provider names it. */
export function planSizeOf(provider: ProviderId, plan: string | null): PlanSize {
  return SIZES[provider](plan)
}
