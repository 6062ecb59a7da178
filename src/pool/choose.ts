import type { Burn } from "../domain/choice/burn.ts"
import { planSizeOf } from "../domain/choice/plan-size.ts"
import type { Choice, ChoiceInput, LabelInput } from "../domain/choice/types.ts"
import { chooseLabel } from "../domain/choice.ts"
import { asObject, type Document, isEnabled, labelsOf, targetBlock } from "../domain/document.ts"
import type { Label } from "../domain/label.ts"
import { readinessOf } from "../domain/readiness-of.ts"
import { now } from "../system/clock.ts"
import { parseIso } from "../system/time.ts"
import type { Target } from "../targets/target.ts"
import { learn, weeklyRatio } from "./learn.ts"
import type { Pool } from "./pool.ts"
import type { UsageView } from "./usage.ts"

/** What differs between a `use`, a tick of a watch, and `aim why`. */
export type Occasion = Pick<
  ChoiceInput,
  "mode" | "starting" | "next" | "refused" | "thresholds" | "tickMinutes"
>

export const USE: Occasion = {
  mode: "use",
  starting: true,
  next: false,
  refused: false,
  thresholds: { fivePct: 0, weeklyPct: 0 },
}

/**
 * Asks the policy of design §6 which label should serve a target. `excluded` are labels that
 * failed in this very command, with the reason; `views` are the readings that it may use.
 */
export function choose(
  pool: Pool,
  document: Document,
  target: Target,
  current: Label | null,
  views: readonly UsageView[],
  occasion: Occasion,
  excluded: ReadonlyMap<Label, string> = new Map(),
): Choice {
  const at = now()
  const learnt = learn(pool, target.provider, at)
  const coolings = pool.ledger.coolings(target.provider, at)
  const readings = new Map(views.map(({ key, reading }) => [key.label, reading]))
  const labels = labelsOf(document, target.provider).map((label): LabelInput => {
    const reading = readings.get(label) ?? null
    const readiness = readinessOf(document, { provider: target.provider, label }, at)
    const plan = reading?.plan ?? null
    return {
      label,
      enabled: isEnabled(asObject(document.accounts[label]) ?? {}),
      ready: readiness.status === "ready" && !excluded.has(label),
      readinessReason: excluded.get(label) ?? readiness.code,
      size: planSizeOf(target.provider, plan).size,
      k: weeklyRatio(learnt, plan),
      reading,
      coolingUntil: coolings.get(label)?.until ?? null,
    }
  })
  return chooseLabel({
    ...occasion,
    now: at,
    current,
    ...servedSince(document, target),
    model: null,
    burn: learnt.burn,
    labels,
  })
}

/** Since when the present label serves, and which one served before it, by the last switch. */
function servedSince(
  document: Document,
  target: Target,
): Pick<ChoiceInput, "currentSince" | "previous"> {
  const block = targetBlock(document, target.vaultKey)
  const previous = asObject(block.lastSelectionReceipt)?.previousLabel
  return {
    currentSince: parseIso(block.lastAppliedAt),
    previous: typeof previous === "string" ? previous : null,
  }
}

/** The burn of a target's consumer, as the choice sees it. */
export function burnNow(pool: Pool, target: Target): Burn {
  return learn(pool, target.provider, now()).burn
}
