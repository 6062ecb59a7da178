import type { Document } from "../domain/document.ts"
import type { Label } from "../domain/label.ts"
import type { Store } from "../domain/store.ts"
import { storedLogin } from "../domain/stored-login.ts"
import type { LabelKey } from "../ledger/ledger.ts"
import { now } from "../system/clock.ts"
import { mapLimited } from "../system/limit.ts"
import { HOUR } from "../system/time.ts"
import type { Pool } from "./pool.ts"
import { refreshLabel } from "./refresh.ts"
import { isGood, type RefreshOutcome } from "./refresh-outcome.ts"
import { readUsage, type UsageMode, type UsageView, wantsRefresh } from "./usage.ts"

const AT_ONCE = 8

export type Refreshed = { key: LabelKey; outcome: RefreshOutcome }

/**
 * Reads usage as {@link readUsage} does, and answers an access token that has run out or was
 * refused with one refresh of that label and one more try. For commands that may refresh; each
 * refresh takes the label's lease, so the caller holds none. `already` are the labels that this
 * command has refreshed for their reading before; each is refreshed for it at most once; one whose
 * refresh was no remedy, at most once an hour. `mine` is a store whose target lock the caller holds.
 */
export async function readUsageRefreshing(
  pool: Pool,
  keys: readonly LabelKey[],
  mode: UsageMode,
  already: Set<Label> = new Set(),
  mine: Store | null = null,
): Promise<{ document: Document; views: UsageView[]; refreshed: Refreshed[] }> {
  const before = (await pool.vault.read()).document
  const views = await readUsage(pool, before, keys, mode)
  const refused = views.filter(
    (view) => wantsRefresh(before, view) && !already.has(view.key.label) && !wasInVain(pool, view),
  )
  for (const { key } of refused) already.add(key.label)
  if (refused.length === 0) return { document: before, views, refreshed: [] }
  const refreshed = await mapLimited(refused, AT_ONCE, async ({ key }): Promise<Refreshed> => {
    const asked = storedLogin(before, key)?.access
    const force = asked === undefined ? true : { refused: asked }
    return { key, outcome: await refreshLabel(pool, key, force, mine) }
  })
  const mended = refreshed.filter(({ outcome }) => isGood(outcome)).map(({ key }) => key)
  const document = (await pool.vault.read()).document
  const again = await readUsage(pool, document, mended, "live")
  const merged = views.map((view) => again.find(({ key }) => key.label === view.key.label) ?? view)
  return { document, views: merged, refreshed }
}

/**
 * An endpoint that refuses whom it likes (a company's filter, a plan without it) refuses a new token
 * as well: one that aim has obtained and that was never good for a reading is not spent for another.
 */
function wasInVain(pool: Pool, { key, outcome }: UsageView): boolean {
  const { lastRefreshAt, lastSuccessAt } = pool.ledger.probeState(key)
  if (outcome !== "unauthorized" || lastRefreshAt === null) return false
  return (lastSuccessAt ?? 0) < lastRefreshAt && Math.abs(now() - lastRefreshAt) < HOUR
}
