import {
  activeLabel,
  asObject,
  credentialRecord,
  type Document,
  targetBlock,
} from "../../domain/document.ts"
import { patchTarget } from "../../domain/document-edits.ts"
import type { Label } from "../../domain/label.ts"
import type { JsonObject } from "../../domain/login.ts"
import { pairHash } from "../../domain/pair.ts"
import type { Store, TargetId } from "../../domain/store.ts"
import { storedLogin } from "../../domain/stored-login.ts"
import { withClientLocks } from "../../pool/client-locks.ts"
import { commit } from "../../pool/commit.ts"
import type { Pool } from "../../pool/pool.ts"
import { readStore } from "../../pool/stores.ts"
import { now } from "../../system/clock.ts"
import { AimError } from "../../system/errors.ts"
import { isoTime } from "../../system/time.ts"
import type { Target } from "../../targets/target.ts"
import { rememberHome, rememberLeftHome } from "../capture/remember-home.ts"
import { emptyProgress, selectionReceipt } from "./receipt.ts"
import { recordReceipt } from "./record.ts"

/** The document that says what is about to be written where: committed before the first file. */
export function withIntent(
  document: Document,
  target: Target,
  store: Store,
  label: Label,
  pair: string,
): Document {
  const switchIntent = { label, home: store.home, pair, at: isoTime(now()) }
  const known = withHome(document, target, store, label)
  return patchTarget(known, target.vaultKey, { switchIntent })
}

/**
 * The open intent of this very home, or null: one of another home is for whoever holds that home's
 * target lock.
 */
export function openIntent(block: JsonObject, store: Store): JsonObject | null {
  const intent = asObject(block.switchIntent)
  return intent !== null && intent.home === store.home ? intent : null
}

/** The home is remembered before its first byte changes: a kill must not leave a store unknown. */
function withHome(document: Document, target: Target, store: Store, label: Label): Document {
  const left = rememberLeftHome(document, target, store)
  return rememberHome(left, target, store, label, { as: "switchedAt", at: now() })
}

/** The document after a switch: what the target holds now, and no intent of this home any more. */
export function withSwitched(
  document: Document,
  target: Target,
  store: Store,
  label: Label,
  extra: JsonObject = {},
): Document {
  const block = targetBlock(document, target.vaultKey)
  const others = openIntent(block, store) === null ? block.switchIntent : undefined
  return patchTarget(withHome(document, target, store, label), target.vaultKey, {
    ...placesOf(store),
    activeLabel: label,
    expectedAccountId: accountIdOf(document, target, label) ?? undefined,
    lastAppliedAt: isoTime(now()),
    switchIntent: others,
    ...extra,
  })
}

/**
 * Finishes or takes back what a killed switch left open; the caller holds the store's target
 * lock. The home holds the intended pair: the switch is recorded, as soon as all of its files hold
 * it. Anything else: it never happened, and only the intent goes.
 */
export async function finishIntent(pool: Pool, target: Target, store: Store): Promise<void> {
  const { document } = await pool.vault.read()
  const intent = openIntent(targetBlock(document, target.vaultKey), store)
  if (intent === null) return
  const { readback, owner } = await readStore(document, target, store)
  const holds = readback.kind === "login" && pairHash(readback.login.refresh) === intent.pair
  if (!holds || owner === null || owner.label !== intent.label) {
    await commit(pool, (fresh) => patchTarget(fresh, target.vaultKey, { switchIntent: undefined }))
    return
  }
  const { label } = owner
  if (!(await finishFiles(pool, target, store, label))) return
  const progress = { ...emptyProgress(), previousLabel: activeLabel(document, target.vaultKey) }
  const accountId = accountIdOf(document, target, label)
  const receipt = {
    ...selectionReceipt(target, store, progress, {
      status: "activated",
      label,
      ...(accountId === null ? {} : { accountId }),
      wrote: [store.file, ...(store.appState === null ? [] : [store.appState])],
    }),
    reasons: ["finished_after_interruption"],
  }
  await commit(pool, (fresh) =>
    withSwitched(fresh, target, store, label, { lastSelectionReceipt: receipt }),
  )
  recordReceipt(pool, target, receipt)
}

/**
 * Of two files the killed switch may have written the first alone: the other is brought up to it.
 * False while it can't be (a client that can't be waited for now, a full disk): the intent stays
 * open, and the switch that follows names what is wrong.
 */
function finishFiles(pool: Pool, target: Target, store: Store, label: Label): Promise<boolean> {
  return pool.vault.withLabels([{ provider: target.provider, label }], async () => {
    const { document } = await pool.vault.read()
    const { readback, owner } = await readStore(document, target, store)
    const record = credentialRecord(document, target.provider, label)
    if (record === null || readback.kind !== "login" || owner?.label !== label) return false
    if ((await target.verify(store, record)) === null) return true
    await withClientLocks(target, store, () =>
      target.apply(store, record, readback.stamp, now()),
    ).catch((error: unknown) => {
      if (!(error instanceof AimError)) throw error
    })
    return (await target.verify(store, record)) === null
  })
}

/**
 * The document after the login of a target's switched home was taken out, as the reference leaves it
 * (aimgr 4404b27 §6.4): home, label and receipts of that switch go. Any other home changes nothing.
 */
export function withNothingSwitched(document: Document, target: Target, store: Store): Document {
  const home = targetBlock(document, target.vaultKey)[target.homeKey]
  if (typeof home === "string" ? home !== store.home : !store.primary) return document
  const of = ["activeLabel", "expectedAccountId", "lastAppliedAt", "lastSelectionReceipt"]
  const keys = [...of, "lastWatchReceipt", ...Object.keys(placesOf(store))]
  const gone = Object.fromEntries(keys.map((key) => [key, undefined]))
  return patchTarget(document, target.vaultKey, gone)
}

/** The workspace of a label's stored login, where its client knows such a thing. */
function accountIdOf(document: Document, { provider }: Target, label: Label): string | null {
  return storedLogin(document, { provider, label })?.accountId ?? null
}

/** Where the switched login stands, by the reference's keys. */
const PLACES: Record<TargetId, (store: Store) => JsonObject> = {
  codex: ({ home }) => ({ homeDir: home }),
  claude: ({ home, file, appState }) => ({
    claudeDir: home,
    credentialsPath: file,
    appStatePath: appState,
    authPath: undefined,
    expectedSubscriptionType: undefined,
  }),
  pi: ({ home, file }) => ({ agentDir: home, authPath: file }),
}

function placesOf(store: Store): JsonObject {
  return PLACES[store.target](store)
}
