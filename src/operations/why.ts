import type { Burn } from "../domain/choice/burn.ts"
import type { Choice } from "../domain/choice/types.ts"
import type { Label } from "../domain/label.ts"
import { burnNow, USE } from "../pool/choose.ts"
import { enabledKeys } from "../pool/enabled-keys.ts"
import { type LiveView, liveView } from "../pool/live-view.ts"
import type { Pool } from "../pool/pool.ts"
import { readUsage, type UsageMode, type UsageView } from "../pool/usage.ts"
import type { Target } from "../targets/target.ts"
import { primaryOf } from "./status/client.ts"
import { chooseFitting } from "./switch/choose-fitting.ts"
import { currentLabel } from "./switch/current-label.ts"

/** What `use` would choose now, and what it would leave for it. */
export type Verdict = { current: Label | null; choice: Choice }

export type Why = Verdict & {
  target: string
  burn: Burn
  views: UsageView[]
}

/** `aim why`: every label with its terms, and the verdict that `use` would come to now. */
export async function explainChoice(pool: Pool, target: Target, mode: UsageMode): Promise<Why> {
  const { document, stores } = await liveView(pool)
  const views = await readUsage(pool, document, enabledKeys(document, target), mode)
  const verdict = await verdictFrom(pool, target, { document, stores }, views)
  return { target: target.id, ...verdict, burn: burnNow(pool, target), views }
}

/** The verdict alone: what `use` would choose now, by what the caller has read already. */
export async function verdictFrom(
  pool: Pool,
  target: Target,
  { document, stores }: Pick<LiveView, "document" | "stores">,
  views: readonly UsageView[],
): Promise<Verdict> {
  const held = primaryOf(target, stores)
  const current = currentLabel(document, target, held)
  const { store } = held
  const { choice } = await chooseFitting(pool, document, target, store, current, views, USE)
  return { current, choice }
}
