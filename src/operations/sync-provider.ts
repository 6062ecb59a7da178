import { type Fetched, fetchOffer } from "../authority/fetch-offer.ts"
import { type Locator, parseLocator } from "../authority/locator.ts"
import { CLIENT_WORD } from "../domain/client-word.ts"
import type { Document } from "../domain/document.ts"
import { importBlock } from "../domain/import/block.ts"
import { planImport } from "../domain/import/foresee.ts"
import {
  conflictsIn,
  type ImportInput,
  type ImportPlan,
  importedIn,
  removedIn,
  renamedIn,
} from "../domain/import/plan.ts"
import type { Label } from "../domain/label.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import type { Captured, Finding } from "../domain/receipt.ts"
import { isSameAuthority, isSelf, recordedAuthority } from "../pool/authority.ts"
import { type Healed, healStores } from "../pool/heal.ts"
import { liveView } from "../pool/live-view.ts"
import type { Pool } from "../pool/pool.ts"
import { recordAct } from "../pool/record.ts"
import { now } from "../system/clock.ts"
import { fail, type Problem } from "../system/errors.ts"
import { isoTime } from "../system/time.ts"
import { orRecordBlocked, recordBlocked } from "./authority/record-blocked.ts"
import { type Pending, promotePending } from "./promote/pending.ts"
import { importConflict } from "./sync/conflict.ts"
import { importPlanned } from "./sync/import.ts"
import { clientOf, followLive, type LiveApplied, storesOfLabels } from "./sync/live.ts"
import { nobodys, orphanFindings, orphansLeft, withOrphansOf } from "./sync/orphans.ts"
import {
  awaitClients,
  finishPrunes,
  plannedOf,
  prunableAmong,
  pruneDeferred,
  prunePlanned,
  withPrunesOf,
} from "./sync/prune.ts"
import { isSettled, type Pruned } from "./sync/prune-store.ts"

export type SyncOptions = {
  /** The authority; null for the recorded one. */
  from: string | null
  discardDirty: boolean
  /** A login here of a label that is gone there goes too, into quarantine. */
  pruneLive: boolean
  dryRun: boolean
}

export type SyncResult = LiveApplied & {
  ok: boolean
  dryRun: boolean
  provider: ProviderId
  imported: {
    source: string
    importedAt: string
    importedLabels: Label[]
    removedLabels: Label[]
  }
  transport: string
  remoteVersion: string | null
  /** How less would cross the wire, or null. */
  hint: string | null
  plan: ImportPlan
  captured: Captured[]
  stores: Healed[]
  /** The stores whose login was taken out, or would be in a dry run. */
  pruned: Pruned[]
  warnings: Finding[]
  /** What was handed over to the authority afterwards, unasked. */
  promoted: Pending
  /** Why nothing was imported, or null. */
  error: Problem | null
}

/**
 * `aim sync <provider> --from <authority>`: fetches what the authority offers, foresees what becomes
 * of each label, and does it. A conflict, or a fetch that fails, changes nothing on either side. The
 * fetch holds no lock.
 */
export async function syncProvider(
  pool: Pool,
  provider: ProviderId,
  options: SyncOptions,
): Promise<SyncResult> {
  const locator = await authorityMeant(pool, provider, options.from)
  const work = () => importFrom(pool, provider, locator, options)
  if (options.dryRun) return work()
  const about = { source: locator.display }
  const result = await orRecordBlocked(pool, provider, "sync", about, work)
  if (result.error === null) return result
  const labels = conflictsIn(result.plan).map(({ label }) => label)
  recordBlocked(
    pool,
    provider,
    "sync",
    { ...about, labels, captured: result.captured },
    result.error,
  )
  return result
}

async function importFrom(
  pool: Pool,
  provider: ProviderId,
  locator: Locator,
  options: SyncOptions,
): Promise<SyncResult> {
  const fetched = await fetchOffer(pool.homes, locator, provider)
  const { offer, ...how } = fetched
  if (Object.keys(offer.accounts).length === 0)
    return nothingOffered(await pool.vault.read(), provider, locator)
  const { document } = await liveView(pool)
  const recorded = recordedAuthority(pool, document, provider)
  const none = importBlock(document, provider).labels.length === 0
  const input: Omit<ImportInput, "document"> = {
    provider,
    offer,
    source: locator.display,
    sameSource: none || (recorded !== null && (await isSameAuthority(recorded, locator))),
    discardDirty: options.discardDirty,
    at: now(),
  }
  const plan = planImport({ ...input, document })
  const held = await storesOfLabels(pool, document, provider, removedIn(plan))
  const left = await orphansLeft(pool, document, provider)
  const toPrune = options.pruneLive ? prunableAmong([...held, ...left]) : []
  const stay = [...held, ...left].filter((each) => !toPrune.includes(each))
  const error = importConflict(plan) ?? (await pruneDeferred(pool, document, toPrune))
  const { dryRun } = options
  if (dryRun || error !== null) {
    const pruned = dryRun ? toPrune.map(plannedOf) : []
    return { ...resultOf(plan, [], dryRun), ...how, pruned, error, ok: error === null }
  }
  await awaitClients(pool, toPrune)
  const finished = await finishPrunes(pool, provider)
  const imported = await importPlanned(pool, input, plan, (changed) =>
    withOrphansOf(withPrunesOf(changed, toPrune), [...held, ...left]),
  )
  const result = { ...resultOf(imported.plan, imported.captured, false), ...how }
  const late = importConflict(imported.plan)
  if (late !== null) return { ...result, error: late, ok: false }
  const after = (await pool.vault.read()).document
  const pruned = [...finished, ...(await prunePlanned(pool, document, nobodys(after, toPrune)))]
  const warnings = orphanFindings(after, stay)
  return afterwards(pool, fetched, { ...result, pruned, warnings })
}

/** Brings what was imported to the clients, hands over what is newer here, and writes the receipt. */
async function afterwards(pool: Pool, fetched: Fetched, result: SyncResult): Promise<SyncResult> {
  const { plan, provider } = result
  const stores = await healStores(pool)
  const target = clientOf(pool, provider)
  const live = await followLive(pool, provider, importedIn(plan))
  const promoted = await promotePending(pool, provider, fetched)
  const done = {
    ...result,
    ...live,
    stores,
    promoted,
    ok: live.liveApplyError === null && result.pruned.every(isSettled),
  }
  const { imported, transport, captured, pruned, warnings, liveApplied, liveApplyError } = done
  const changes = plan.items.map(({ label, change, reason, dirty, from, settings }) => {
    return { label, change, reason, dirty, settings, ...(from === undefined ? {} : { from }) }
  })
  const told = warnings.length > 0 || !done.ok
  recordAct(
    pool,
    {
      action: `${CLIENT_WORD[provider]}_sync`,
      status: told ? "applied_with_warnings" : "applied",
      ...{ ...imported, transport, changes, captured, stores, pruned, warnings },
      ...{ liveApplied, liveApplyError, promotedLabels: promoted.labels },
    },
    target?.id ?? null,
  )
  return done
}

function resultOf(
  plan: ImportPlan,
  captured: Captured[],
  dryRun: boolean,
): Omit<SyncResult, "transport" | "remoteVersion" | "hint"> {
  const { provider, source, at } = plan
  return {
    ok: conflictsIn(plan).length === 0,
    dryRun,
    provider,
    imported: {
      source,
      importedAt: isoTime(at),
      importedLabels: importedIn(plan),
      removedLabels: [...removedIn(plan), ...renamedIn(plan).map(({ from }) => from)],
    },
    liveApplied: null,
    liveApplyError: null,
    plan,
    captured,
    stores: [],
    pruned: [],
    warnings: [],
    promoted: { labels: [], problem: null },
    error: null,
  }
}

/** The authority that is named, or else the one that the labels came from. */
async function authorityMeant(
  pool: Pool,
  provider: ProviderId,
  from: string | null,
): Promise<Locator> {
  const word = CLIENT_WORD[provider]
  const { document } = await pool.vault.read()
  const locator =
    from === null ? recordedAuthority(pool, document, provider) : parseLocator(from, pool.homes)
  if (locator === null)
    return fail(
      "missing_authority",
      `no authority is recorded for ${word}, and none is named`,
      `aim sync ${word} --from <authority>`,
      2,
    )
  if (!(await isSelf(pool, locator))) return locator
  return fail(
    "authority_is_self",
    `${locator.display} is the state file of this very command`,
    "name the state file of another home, or a host",
    2,
  )
}

function nothingOffered(
  { document }: { document: Document },
  provider: ProviderId,
  { display }: Locator,
): never {
  const word = CLIENT_WORD[provider]
  const known = importBlock(document, provider).labels.length > 0
  return fail(
    "no_importable_labels",
    `Authority ${display} has no importable ${provider} labels; nothing was changed here`,
    known
      ? `if all of them are meant to go: aim authority forget ${word}, then aim account remove <label>`
      : "see there what it has (aim status), or name another home's state file behind the host",
  )
}
