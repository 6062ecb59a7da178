import { credentialRecord, type Document } from "../../domain/document.ts"
import type { Label } from "../../domain/label.ts"
import { isDue } from "../../domain/readiness.ts"
import type { Finding, SelectionReceipt } from "../../domain/receipt.ts"
import type { Store } from "../../domain/store.ts"
import { storedLogin } from "../../domain/stored-login.ts"
import type { Occasion } from "../../pool/choose.ts"
import { clientMayBeRefreshing, type Deferral, mayBeRefreshing } from "../../pool/defer.ts"
import { enabledKeys } from "../../pool/enabled-keys.ts"
import { liveView } from "../../pool/live-view.ts"
import { keyOf, type Pool } from "../../pool/pool.ts"
import type { Held } from "../../pool/stores.ts"
import { readUsage, type UsageMode } from "../../pool/usage.ts"
import { now } from "../../system/clock.ts"
import type { Target } from "../../targets/target.ts"
import type { ActivateOptions } from "../activate.ts"
import { chooseFitting } from "./choose-fitting.ts"
import { planOf } from "./end.ts"
import { contradictionFinding, deferredFinding, nothingCanServe } from "./findings.ts"
import { keptOut, keptOutFindings } from "./kept-out.ts"
import { type Decided, named, unfitNamed } from "./named.ts"
import { type Observed, observe } from "./observe.ts"
import { emptyProgress, type Progress, selectionReceipt } from "./receipt.ts"

/** What a switch would do now, without a capture, a refresh or a write (`use --dry-run`). */
export async function foreseeSwitch(
  pool: Pool,
  target: Target,
  store: Store,
  occasion: Occasion,
  options: ActivateOptions,
  mode: UsageMode = "fresh",
): Promise<SelectionReceipt> {
  const progress = emptyProgress(options.label)
  const blocked = (findings: Finding[]) =>
    selectionReceipt(target, store, progress, { status: "blocked", wrote: [], blockers: findings })
  const observed = await observe(pool, target, store, options)
  const { held, current, warnings, blockers } = observed
  progress.warnings = warnings
  progress.previousLabel = current
  progress.preSwitchSync = observed.sync
  const { document } = await liveView(pool)
  const decided =
    options.label === null
      ? await chosen(pool, document, observed, occasion, progress, mode)
      : await namedFitting(pool, document, observed, options.label)
  if (blockers.length > 0) return blocked(blockers)
  const { label } = decided
  if (label === null) return blocked(decided.blockers)
  const doubt = contradictionFinding(held, label)
  if (doubt !== null) return blocked([doubt])
  const same = held.owner?.label === label && held.owner.relation === "same"
  const deferral = await foreseeDeferral(pool, document, held, label, same)
  if (deferral !== null) return blocked([deferredFinding(held.owner?.label ?? label, deferral)])
  const accountId = storedLogin(document, keyOf(target.provider, label))?.accountId
  return selectionReceipt(target, store, progress, {
    status: same && (await isWritten(document, held, label)) ? "noop" : "activated",
    label,
    ...(accountId == null ? {} : { accountId }),
    wrote: [],
    subscriptionType: planOf(document, target, label),
  })
}

/** Whether nothing would be written: the pair is there, and so is what stands beside it. */
async function isWritten(
  document: Document,
  { target, store }: Held,
  label: Label,
): Promise<boolean> {
  const record = credentialRecord(document, target.provider, label)
  return record !== null && (await target.verify(store, record)) === null
}

async function chosen(
  pool: Pool,
  document: Document,
  { held: { target, store }, current }: Observed,
  occasion: Occasion,
  progress: Progress,
  mode: UsageMode,
): Promise<Decided> {
  const views = await readUsage(pool, document, enabledKeys(document, target), mode)
  const fitting = await chooseFitting(pool, document, target, store, current, views, occasion)
  const { choice, unfit, fits } = fitting
  progress.choice = choice
  const { label, kept, reason } = choice
  if (fits && label !== null && reason !== "nothing_can_serve") return { label, kept, blockers: [] }
  const findings =
    unfit.length > 0 ? keptOutFindings(target, unfit) : nothingCanServe(target, choice)
  return { label: null, kept: false, blockers: findings }
}

/** The named label, unless the home's configuration would not let it in. */
async function namedFitting(
  pool: Pool,
  document: Document,
  observed: Observed,
  label: Label,
): Promise<Decided> {
  const { target, store } = observed.held
  const decided = await named(pool, target, observed, label)
  if (decided.label === null) return decided
  const out = keptOut(document, target, await target.obstacles(store), [label])
  if (out.length === 0) return decided
  const blockers = unfitNamed(target, label, { kind: "unfit", reason: "", out })
  return { label: null, kept: false, blockers }
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
