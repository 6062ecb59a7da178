import type { Burn } from "../domain/burn.ts"
import type { Choice } from "../domain/choice-types.ts"
import type { Document } from "../domain/document.ts"
import type { Label } from "../domain/label.ts"
import { burnNow, USE } from "../pool/choose.ts"
import { enabledKeys } from "../pool/enabled-keys.ts"
import { liveView } from "../pool/live-view.ts"
import type { Pool } from "../pool/pool.ts"
import { readUsage, type UsageMode, type UsageView } from "../pool/usage.ts"
import type { Target } from "../targets/target.ts"
import { chooseFitting } from "./choose-fitting.ts"
import { observe } from "./switch-observe.ts"

/** What `use` would choose now, and what it would leave for it. */
export type Verdict = { current: Label | null; choice: Choice }

export type Why = Verdict & {
  target: string
  burn: Burn
  views: UsageView[]
}

/** `aim why`: every label with its terms, and the verdict that `use` would come to now. */
export async function explainChoice(pool: Pool, target: Target, mode: UsageMode): Promise<Why> {
  const { document } = await liveView(pool)
  return whyFrom(
    pool,
    target,
    document,
    await readUsage(pool, document, enabledKeys(document, target), mode),
  )
}

/** The same from readings that the caller has already. */
async function whyFrom(
  pool: Pool,
  target: Target,
  document: Document,
  views: UsageView[],
): Promise<Why> {
  const verdict = await verdictFrom(pool, target, document, views)
  return { target: target.id, ...verdict, burn: burnNow(pool, target), views }
}

/** The verdict alone: what `use` would choose now, by readings that the caller has already. */
export async function verdictFrom(
  pool: Pool,
  target: Target,
  document: Document,
  views: readonly UsageView[],
): Promise<Verdict> {
  const store = await target.primaryStore()
  const look = { next: false, dryRun: true, adopt: null, replaceUnmanaged: false }
  const { current } = await observe(pool, target, store, look)
  const { choice } = await chooseFitting(pool, document, target, store, current, views, USE)
  return { current, choice }
}
