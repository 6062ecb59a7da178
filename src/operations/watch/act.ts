import type { Choice } from "../../domain/choice/types.ts"
import { activeLabel, targetBlock } from "../../domain/document.ts"
import type { Label } from "../../domain/label.ts"
import { endOf, type WatchEnd } from "../../domain/receipt/watch-verdict.ts"
import type { Finding, SelectionReceipt } from "../../domain/receipt.ts"
import { storedLogin } from "../../domain/stored-login.ts"
import { healStores, withStoreLock } from "../../pool/heal.ts"
import { keyOf, type Pool } from "../../pool/pool.ts"
import type { UsageView } from "../../pool/usage.ts"
import type { Refreshed } from "../../pool/usage-with-refresh.ts"
import { emptyPool } from "../capture/empty-pool.ts"
import { takeCourse } from "../switch/course.ts"
import { endSwitched } from "../switch/end.ts"
import { deferredFinding, nothingCanServe } from "../switch/findings.ts"
import { keptOutFindings } from "../switch/kept-out.ts"
import type { Observed } from "../switch/observe.ts"
import { type Progress, selectionReceipt } from "../switch/receipt.ts"
import { recordReceipt } from "../switch/record.ts"
import { isRecorded } from "../switch/write.ts"
import { type Look, lookAround } from "./look.ts"
import { type TickOccasion, UNASKED } from "./options.ts"
import { distrusted } from "./trust.ts"

/** What a tick decided and did. */
export type Acted = {
  end: WatchEnd
  choice: Choice | null
  /** What is known of the present label's quota; null where nobody asked. */
  mine: UsageView | null
  after: Label | null
  selection: SelectionReceipt | null
}

/**
 * Decides about a home as it was observed, and acts: without a lock where the present label stays
 * and all of it is recorded, else by a switch like any other, which looks again under the lock.
 * `refreshed` is what came of the refreshes that were due.
 */
export async function decideAndAct(
  pool: Pool,
  observed: Observed,
  occasion: TickOccasion,
  refreshed: readonly Refreshed[],
  progress: Progress,
): Promise<Acted> {
  const { held, current } = observed
  const { target, store } = held
  const { document } = await pool.vault.read()
  const idle = { choice: null, mine: null, after: current, selection: null }
  if (activeLabel(document, target.vaultKey) === null) {
    const empty = await emptyPool(pool, target, store)
    const { message: detail, hint } = empty ?? {}
    if (empty !== null)
      return { ...idle, end: endOf([{ kind: "no_pool_account_available", detail, hint }]) }
  }
  const doubts = distrusted(observed)
  if (doubts.length > 0) return { ...idle, end: endOf(doubts) }
  const waiting = deferralOf(refreshed, current)
  if (waiting !== null) return { ...idle, end: endOf([waiting]) }

  const look = await lookAround(pool, observed, occasion, progress)
  const { choice, mine } = look
  const hopeless = blockersOf(observed, look)
  if (hopeless.length > 0) {
    Object.assign(progress, { previousLabel: current, choice, warnings: observed.warnings })
    const selection = blockedReceipt(observed, progress, hopeless)
    return { ...idle, choice, mine, selection, end: endOf(hopeless) }
  }
  const { reason } = choice
  if (choice.kept && (await isInPlace(pool, observed)))
    return { ...idle, choice, mine, end: { kind: "kept", reason } }
  const switched = await moveHome(pool, observed, occasion, progress)
  return { ...switched, mine }
}

/** The label that serves is waited for: a client may be refreshing its login just now. */
function deferralOf(refreshed: readonly Refreshed[], current: Label | null): Finding | null {
  for (const { key, outcome } of refreshed) {
    if (key.label === current && outcome.kind === "deferred")
      return deferredFinding(key.label, outcome.deferral)
  }
  return null
}

/** Why no label can serve in this home; none where one can. */
function blockersOf({ held: { target } }: Observed, { choice, unfit, fits }: Look): Finding[] {
  if (fits && choice.label !== null && choice.reason !== "nothing_can_serve") return []
  return unfit.length > 0 ? keptOutFindings(target, unfit) : nothingCanServe(target, choice)
}

/** Whether the home holds the present label's newest pair, and the vault says so. */
async function isInPlace(pool: Pool, { held, current }: Observed): Promise<boolean> {
  const { target, store, owner } = held
  if (current === null || owner?.label !== current || owner.relation !== "same") return false
  const { document } = await pool.vault.read()
  const accountId = storedLogin(document, keyOf(target.provider, current))?.accountId ?? null
  return isRecorded(targetBlock(document, target.vaultKey), store, current, accountId)
}

async function moveHome(
  pool: Pool,
  observed: Observed,
  occasion: TickOccasion,
  progress: Progress,
): Promise<Omit<Acted, "mine">> {
  const { target, store } = observed.held
  const acted = await withStoreLock(pool, store, async (): Promise<Omit<Acted, "mine">> => {
    const course = await takeCourse(pool, target, store, occasion, UNASKED, progress)
    const { choice } = progress
    if (course.kind === "blocked") {
      const end = endOf(course.blockers)
      const deferred = end.kind === "deferred"
      const selection = deferred ? null : blockedReceipt(observed, progress, course.blockers)
      return { end, choice, after: observed.current, selection }
    }
    const { label, done } = course
    const receipt = await endSwitched(pool, course.observed, label, done, progress)
    if (receipt.status === "noop" && choice !== null)
      return { end: { kind: "kept", reason: choice.reason }, choice, after: label, selection: null }
    return {
      end: { kind: "switched", status: receipt.status },
      choice,
      after: label,
      selection: receipt,
    }
  })
  progress.stores.push(...(await healStores(pool)))
  if (acted.end.kind === "switched" && acted.selection !== null)
    recordReceipt(pool, target, acted.selection)
  return acted
}

function blockedReceipt(
  { held: { target, store } }: Observed,
  progress: Progress,
  blockers: Finding[],
): SelectionReceipt {
  return selectionReceipt(target, store, progress, { status: "blocked", wrote: [], blockers })
}
