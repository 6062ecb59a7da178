import { type Document, targetBlock } from "../../domain/document.ts"
import { importBlock } from "../../domain/import/block.ts"
import type { Label } from "../../domain/label.ts"
import { pruneIntents } from "../../domain/prune-intents.ts"
import { isDue, standingVerdict } from "../../domain/readiness.ts"
import type { Store } from "../../domain/store.ts"
import { storedLogin } from "../../domain/stored-login.ts"
import { captureStore } from "../../pool/capture.ts"
import { healStores, outOfReach, withStoreLock } from "../../pool/heal.ts"
import { type LiveView, liveView } from "../../pool/live-view.ts"
import { keyOf, type Pool } from "../../pool/pool.ts"
import { recoverReplies } from "../../pool/recover.ts"
import { refreshLabel } from "../../pool/refresh.ts"
import type { Refreshed } from "../../pool/usage-with-refresh.ts"
import { now } from "../../system/clock.ts"
import { mapLimited } from "../../system/limit.ts"
import type { Target } from "../../targets/target.ts"
import { promotePending } from "../promote/pending.ts"
import { finishIntent, openIntent } from "../switch/intent.ts"
import { noteRefreshed, type Progress } from "../switch/receipt.ts"
import { finishPrune } from "../sync/prune-store.ts"

const AT_ONCE = 8

/**
 * What a tick does whatever it decides: finishes what was interrupted, takes in what clients have
 * renewed, refreshes the provider's live labels that are due by the next look, and brings the newest
 * pair to every store, and what was renewed here to the authority that it came from. Where all of
 * that is in order, no lock is taken and no file is touched. Notes in `progress` what was done;
 * gives what came of the refreshes.
 */
export async function keepUp(
  pool: Pool,
  target: Target,
  store: Store,
  tickMs: number,
  progress: Progress,
): Promise<Refreshed[]> {
  noteRefreshed(progress, await recoverReplies(pool))
  await finishOpen(pool, target, store)
  const live = await liveView(pool)
  for (const held of live.stores) {
    if (held.owner?.relation !== "newer" || held.target.provider !== target.provider) continue
    const captured = await captureStore(pool, live.document, held.target, held.store)
    if (captured !== null) progress.captured.push(captured)
  }
  const refreshed = await mapLimited(dueLabels(target, live, tickMs), AT_ONCE, async (label) => {
    const key = keyOf(target.provider, label)
    return { key, outcome: await refreshLabel(pool, key, { tickMs }) }
  })
  noteRefreshed(progress, refreshed)
  progress.stores.push(...(await heal(pool, live, refreshed.length > 0)))
  if (importBlock(live.document, target.provider).labels.length > 0)
    await promotePending(pool, target.provider)
  return refreshed
}

async function finishOpen(pool: Pool, target: Target, store: Store): Promise<void> {
  const { document } = await pool.vault.read()
  const prunes = pruneIntents(document, target.vaultKey)
  const switching = openIntent(targetBlock(document, target.vaultKey), store) !== null
  if (!switching && !prunes.some(({ home }) => home === store.realHome)) return
  await withStoreLock(pool, store, async () => {
    await finishIntent(pool, target, store)
    await finishPrune(pool, target, store)
  })
}

/** Every label of this provider that some store holds and whose access token ends before long. */
function dueLabels(target: Target, { document, stores }: LiveView, tickMs: number): Label[] {
  const live = stores.flatMap(({ owner, target: { provider } }) =>
    owner !== null && provider === target.provider ? [owner.label] : [],
  )
  return [...new Set(live)].filter((label) => endsSoon(document, target, label, tickMs))
}

function endsSoon(document: Document, target: Target, label: Label, tickMs: number): boolean {
  const stored = storedLogin(document, keyOf(target.provider, label))
  return stored !== null && standingVerdict(stored) === null && isDue(stored, now(), tickMs)
}

/** Goes through the stores again only where something is to be done there. */
async function heal(pool: Pool, { document, stores }: LiveView, refreshed: boolean) {
  const behind = stores.some(
    ({ owner }) => owner?.relation === "newer" || owner?.relation === "older",
  )
  return refreshed || behind ? healStores(pool) : outOfReach(pool, document, stores)
}
