import { type Document, labelsOf } from "../../domain/document.ts"
import type { Label } from "../../domain/label.ts"
import { KEEPS_CHANGING } from "../../domain/receipt/watch-verdict.ts"
import type { Finding } from "../../domain/receipt.ts"
import type { Store } from "../../domain/store.ts"
import { storedLogin } from "../../domain/stored-login.ts"
import type { LabelKey } from "../../ledger/ledger.ts"
import { choose, type Occasion } from "../../pool/choose.ts"
import { mayBeRefreshing } from "../../pool/defer.ts"
import { enabledKeys } from "../../pool/enabled-keys.ts"
import { healStore } from "../../pool/heal.ts"
import { keyOf, type Pool } from "../../pool/pool.ts"
import { recoverReplies } from "../../pool/recover.ts"
import { refreshLabel } from "../../pool/refresh.ts"
import { isGood, type RefreshOutcome } from "../../pool/refresh-outcome.ts"
import { readUsageRefreshing } from "../../pool/usage-with-refresh.ts"
import { now } from "../../system/clock.ts"
import type { Target } from "../../targets/target.ts"
import type { ActivateOptions } from "../activate.ts"
import { finishPrune } from "../sync/prune-store.ts"
import {
  contradictionFinding,
  deferredFinding,
  nothingCanServe,
  nothingToAdopt,
} from "./findings.ts"
import { finishIntent } from "./intent.ts"
import { type KeptOut, keptOutFindings } from "./kept-out.ts"
import { type Decided, named, type Unfit, unfitNamed } from "./named.ts"
import { type Observed, observeAndCapture } from "./observe.ts"
import { noteRefreshed, type Progress } from "./receipt.ts"
import { type Done, writeLabel } from "./write.ts"

/** A store that keeps changing under us is left alone after so many fresh reads. */
const ROUNDS = 6

/** How a switch went, before it is recorded. */
export type Course =
  | { kind: "switched"; observed: Observed; label: Label; done: Done }
  /** Nothing was switched, and why. */
  | { kind: "blocked"; blockers: Finding[] }

/**
 * One switch of one store, whose target lock the caller holds: recover, observe, choose, refresh
 * the chosen label if due, write, verify. Whenever a step finds that the ground has moved (the
 * client rotated, the chosen login proved dead, this label can't go into this home), it begins
 * again from a fresh read. `progress` says what was done on the way; to record it is the caller's.
 */
export async function takeCourse(
  pool: Pool,
  target: Target,
  store: Store,
  occasion: Occasion,
  options: ActivateOptions,
  progress: Progress,
): Promise<Course> {
  const excluded = new Map<Label, string>()
  const unfit: KeptOut[] = []
  for (const { key, outcome } of await recoverReplies(pool))
    noteRefreshed(progress, [{ key, outcome }])
  await finishIntent(pool, target, store)
  await finishPrune(pool, target, store)
  const rounds = ROUNDS + labelsOf((await pool.vault.read()).document, target.provider).length
  for (let round = 0; round < rounds; round++) {
    const observed = await observeAndCapture(pool, target, store, options)
    progress.captured.push(...observed.captured)
    const adopted = progress.captured.some(({ reason }) => reason === "adopted")
    const missed = adopted ? [] : nothingToAdopt(observed, options)
    progress.warnings = [...observed.warnings, ...missed]
    progress.previousLabel ??= observed.current
    if (progress.preSwitchSync?.synced !== true) progress.preSwitchSync = observed.sync
    if (observed.blockers.length > 0) return blocked(observed.blockers)
    const { label, kept, blockers } =
      options.label === null
        ? await decide(pool, target, observed, occasion, excluded, progress, unfit)
        : await named(pool, target, observed, options.label)
    if (label === null) return blocked(blockers)
    const step = await moveTo(pool, observed, label, kept, progress)
    if (step.kind === "done") return { kind: "switched", observed, label, done: step }
    if (step.kind === "blocked") return step
    if (step.kind === "unfit") {
      if (options.label !== null) return blocked(unfitNamed(target, label, step))
      excluded.set(label, step.reason)
      unfit.push(...step.out)
      if (label === observed.current) return blocked(keptOutFindings(target, step.out))
    }
  }
  return blocked([
    {
      kind: KEEPS_CHANGING,
      detail: `${store.file} changed at every attempt`,
      hint: "close the client, or run the command again",
    },
  ])
}

function blocked(blockers: Finding[]): Course {
  return { kind: "blocked", blockers }
}

async function decide(
  pool: Pool,
  target: Target,
  { current, held }: Observed,
  occasion: Occasion,
  excluded: ReadonlyMap<Label, string>,
  progress: Progress,
  unfit: readonly KeptOut[],
): Promise<Decided> {
  const before = (await pool.vault.read()).document
  const { document, views, refreshed } = await readUsageRefreshing(
    pool,
    enabledKeys(before, target),
    "fresh",
    progress.refreshedForReading,
    held.store,
  )
  noteRefreshed(progress, refreshed)
  // At once: until then a client here might post the pair that was spent just now.
  if (refreshed.some(({ key }) => key.label === current)) await healStore(pool, target, held.store)
  const choice = choose(pool, document, target, current, views, occasion, excluded)
  progress.choice = choice
  const { label, kept, reason } = choice
  if (label !== null && reason !== "nothing_can_serve") return { label, kept, blockers: [] }
  const blockers =
    unfit.length > 0 ? keptOutFindings(target, unfit) : nothingCanServe(target, choice)
  return { label: null, kept: false, blockers }
}

type Step =
  | ({ kind: "done" } & Done)
  | { kind: "again" }
  | Unfit
  | { kind: "blocked"; blockers: Finding[] }

/** Refreshes the chosen label if it is due, then writes it, unless a client may be refreshing. */
async function moveTo(
  pool: Pool,
  { held }: Observed,
  label: Label,
  kept: boolean,
  progress: Progress,
): Promise<Step> {
  const { target } = held
  const key = keyOf(target.provider, label)
  const doubt = contradictionFinding(held, label)
  if (doubt !== null) return { kind: "blocked", blockers: [doubt] }
  const outcome = await refreshOnce(pool, key, held.store, progress)
  noteRefreshed(progress, [{ key, outcome }])
  if (outcome.kind === "deferred")
    return { kind: "blocked", blockers: [deferredFinding(label, outcome.deferral)] }
  if (outcome.kind === "dead")
    return progress.named === null ? { kind: "again" } : { kind: "unfit", reason: "dead", out: [] }
  const { document } = await pool.vault.read()
  if (!kept && !isGood(outcome) && !isUsable(document, key, outcome)) {
    return { kind: "unfit", reason: outcome.kind, out: [] }
  }
  // A kept label is written too where the home holds another pair of it: a conflict.
  if (!kept || held.owner?.relation === "conflict") {
    const deferral = await mayBeRefreshing(pool, document, held)
    if (deferral !== null) {
      return { kind: "blocked", blockers: [deferredFinding(held.owner?.label ?? label, deferral)] }
    }
  }
  const written = await writeLabel(pool, held, label)
  if (written.kind === "written") return { ...written, kind: "done" }
  if (written.kind === "unfit")
    return { ...written, reason: written.out[0]?.problem.code ?? "unfit" }
  return written
}

/**
 * One POST of a label a switch: a pair that is due again at once, as an issuer of short-lived access
 * tokens hands it out, must not make every fresh read of the store post once more.
 */
async function refreshOnce(
  pool: Pool,
  key: LabelKey,
  store: Store,
  { refreshed }: Progress,
): Promise<RefreshOutcome> {
  const before = refreshed.some(
    ({ label, outcome }) => label === key.label && ["refreshed", "taken"].includes(outcome),
  )
  return before ? { kind: "not_due" } : refreshLabel(pool, key, false, store)
}

/** A label that could not be refreshed still serves while its access token lives. */
function isUsable(document: Document, key: LabelKey, outcome: RefreshOutcome): boolean {
  if (outcome.kind === "quarantined" || outcome.kind === "no_login") return false
  const expiry = storedLogin(document, key)?.expiresAt ?? null
  return expiry !== null && expiry > now()
}
