import type { Document } from "../domain/document.ts"
import type { Label } from "../domain/label.ts"
import { isDue } from "../domain/readiness.ts"
import type { SelectionReceipt } from "../domain/receipt.ts"
import type { Store } from "../domain/store.ts"
import { storedLogin } from "../domain/stored-login.ts"
import type { Occasion } from "../pool/choose.ts"
import { clientMayBeRefreshing, type Deferral, mayBeRefreshing } from "../pool/defer.ts"
import { enabledKeys } from "../pool/enabled-keys.ts"
import { liveView } from "../pool/live-view.ts"
import { keyOf, type Pool } from "../pool/pool.ts"
import type { Held } from "../pool/stores.ts"
import { readUsage, type UsageMode } from "../pool/usage.ts"
import { now } from "../system/clock.ts"
import type { Target } from "../targets/target.ts"
import type { ActivateOptions } from "./activate.ts"
import { chooseFitting } from "./choose-fitting.ts"
import { keptOutFindings } from "./kept-out.ts"
import { deferredFinding, nothingCanServe } from "./switch-findings.ts"
import { observe } from "./switch-observe.ts"
import { emptyProgress, selectionReceipt } from "./switch-receipt.ts"

/** What a switch would do now, without a capture, a refresh or a write (`use --dry-run`). */
export async function foreseeSwitch(
  pool: Pool,
  target: Target,
  store: Store,
  occasion: Occasion,
  options: ActivateOptions,
  mode: UsageMode = "fresh",
): Promise<SelectionReceipt> {
  const progress = emptyProgress()
  const { held, current, warnings, blockers } = await observe(pool, target, store, options)
  progress.warnings = warnings
  progress.previousLabel = current
  const { document } = await liveView(pool)
  const views = await readUsage(pool, document, enabledKeys(document, target), mode)
  const fitting = await chooseFitting(pool, document, target, store, current, views, occasion)
  const { choice, unfit, fits } = fitting
  progress.choice = choice
  if (blockers.length > 0) {
    return selectionReceipt(target, store, progress, { status: "blocked", wrote: false, blockers })
  }
  if (!fits || choice.label === null || choice.reason === "nothing_can_serve") {
    const findings = unfit.length > 0 ? keptOutFindings(target, unfit) : [nothingCanServe(choice)]
    return selectionReceipt(target, store, progress, {
      status: "blocked",
      wrote: false,
      blockers: findings,
    })
  }
  const same = held.owner?.label === choice.label && held.owner.relation === "same"
  const deferral = await foreseeDeferral(pool, document, held, choice.label, same)
  if (deferral !== null) {
    const findings = [deferredFinding(held.owner?.label ?? choice.label, deferral)]
    return selectionReceipt(target, store, progress, {
      status: "blocked",
      wrote: false,
      blockers: findings,
    })
  }
  const accountId = storedLogin(document, keyOf(target.provider, choice.label))?.accountId
  return selectionReceipt(target, store, progress, {
    status: same ? "noop" : "activated",
    label: choice.label,
    ...(accountId == null ? {} : { accountId }),
    wrote: false,
  })
}

/** Whether the switch would have to wait for a client: for the home's login, or for the chosen one. */
async function foreseeDeferral(
  pool: Pool,
  document: Document,
  held: Held,
  label: Label,
  same: boolean,
): Promise<Deferral | null> {
  const key = keyOf(held.target.provider, label)
  const stored = storedLogin(document, key)
  if (stored !== null && isDue(stored, now())) {
    const deferral = await clientMayBeRefreshing(pool, document, key)
    if (deferral !== null) return deferral
  }
  return same ? null : mayBeRefreshing(pool, document, held)
}
