import type { InferOutput } from "valibot"
import { candidateTerms } from "../../domain/capacity/candidate-terms.ts"
import type { Document } from "../../domain/document.ts"
import { storedLogin } from "../../domain/stored-login.ts"
import { fiveHourWindow, type UsageWindow, weeklyWindow } from "../../domain/window.ts"
import type { UsageView } from "../../pool/usage.ts"
import type { Verdict } from "../why.ts"
import type { PoolNumbers } from "./pool.ts"
import type * as schema from "./schema/pool.ts"

export type NextBest = InferOutput<typeof schema.NextBest>

/** The next best label, or null when nothing can serve. A window without a reading is null, not 0. */
export function nextBest(
  document: Document,
  { choice }: Verdict,
  views: readonly UsageView[],
  numbers: PoolNumbers,
): NextBest | null {
  const { label } = choice
  if (label === null || choice.reason === "nothing_can_serve") return null
  const reading = views.find(({ key }) => key.label === label)?.reading ?? null
  const primary = reading === null ? null : fiveHourWindow(reading)
  const secondary = reading === null ? null : weeklyWindow(reading)
  return {
    label,
    ...candidateTerms(label, numbers.terms),
    primaryRemainingPct: left(primary),
    secondaryRemainingPct: left(secondary),
    keptCurrent: choice.kept,
    reasons: [choice.reason, ...choice.alsoReasons],
    accountId: storedLogin(document, { provider: "openai-codex", label })?.accountId ?? null,
    primaryUsedPct: used(primary),
    secondaryUsedPct: used(secondary),
    observedAt: reading?.observedAt ?? null,
  }
}

function used(window: UsageWindow | null): number | null {
  return window === null ? null : window.usedPercent
}

function left(window: UsageWindow | null): number | null {
  return window === null ? null : 100 - window.usedPercent
}
