import type { Choice } from "../../domain/choice/types.ts"
import type { Document } from "../../domain/document.ts"
import type { Label } from "../../domain/label.ts"
import type { Store } from "../../domain/store.ts"
import { choose, type Occasion } from "../../pool/choose.ts"
import type { Pool } from "../../pool/pool.ts"
import type { UsageView } from "../../pool/usage.ts"
import type { Target } from "../../targets/target.ts"
import { type KeptOut, keptOut } from "./kept-out.ts"

/** A choice, and why labels that it fell on before can't go into the home. */
export type Fitting = {
  choice: Choice
  unfit: KeptOut[]
  /** False when the choice fell on a label that is in the home already and must not be there. */
  fits: boolean
}

/**
 * The label that a switch of this store would come to, for those that only look: as the switch
 * does, it chooses again without a label that the home's configuration does not let in.
 */
export async function chooseFitting(
  pool: Pool,
  document: Document,
  target: Target,
  store: Store,
  current: Label | null,
  views: readonly UsageView[],
  occasion: Occasion,
): Promise<Fitting> {
  const excluded = new Map<Label, string>()
  const unfit: KeptOut[] = []
  const found = await target.obstacles(store)
  for (;;) {
    const choice = choose(pool, document, target, current, views, occasion, excluded)
    const { label } = choice
    if (label === null || choice.reason === "nothing_can_serve")
      return { choice, unfit, fits: true }
    const out = keptOut(document, target, found, [label])
    const first = out[0]
    if (first === undefined) return { choice, unfit, fits: true }
    unfit.push(...out)
    if (label === current || excluded.has(label)) return { choice, unfit, fits: false }
    excluded.set(label, first.problem.code)
  }
}
