import { credentialRecord, type Document, targetBlock } from "../../domain/document.ts"
import { patchTarget } from "../../domain/document-edits.ts"
import type { Label } from "../../domain/label.ts"
import type { Finding, SelectionReceipt } from "../../domain/receipt.ts"
import type { Store } from "../../domain/store.ts"
import { commit } from "../../pool/commit.ts"
import type { Pool } from "../../pool/pool.ts"
import { parseIso } from "../../system/time.ts"
import type { Target } from "../../targets/target.ts"
import { withSwitched } from "./intent.ts"
import type { Observed } from "./observe.ts"
import { type Progress, selectionReceipt } from "./receipt.ts"
import { recordHistory } from "./record.ts"
import { type Done, isRecorded } from "./write.ts"

/** Ends a switch that could not be done: live files stay as they are, the receipt says why. */
export async function endBlocked(
  pool: Pool,
  target: Target,
  store: Store,
  progress: Progress,
  blockers: Finding[],
): Promise<SelectionReceipt> {
  const receipt = selectionReceipt(target, store, progress, {
    status: "blocked",
    wrote: [],
    blockers,
  })
  await commit(pool, (document) => withLastReceipt(pool, target, document, document, receipt))
  return receipt
}

/**
 * Ends a switch that holds: the vault records the active label and the receipt. Where nothing
 * was written and all of it is recorded already, it is a noop and no file is touched.
 */
export async function endSwitched(
  pool: Pool,
  { held }: Observed,
  label: Label,
  done: Done,
  progress: Progress,
): Promise<SelectionReceipt> {
  const { target, store } = held
  progress.keptFile = done.keptFile
  const { document } = await pool.vault.read()
  const block = targetBlock(document, target.vaultKey)
  const noop = done.changed.length === 0 && isRecorded(block, store, label, done.accountId)
  if (!noop) {
    const since = parseIso(block.lastAppliedAt)
    progress.warnings.push(...(await stillHeld(held, label, progress.previousLabel, since)))
  }
  const receipt = selectionReceipt(target, store, progress, {
    status: noop ? "noop" : "activated",
    label,
    ...(done.accountId === null ? {} : { accountId: done.accountId }),
    wrote: done.changed,
    subscriptionType: planOf(document, target, label),
  })
  if (noop) return receipt
  await commit(pool, (fresh) =>
    withLastReceipt(pool, target, fresh, withSwitched(fresh, target, store, label), receipt),
  )
  return receipt
}

/** The plan of a Claude login; Codex has none in its record. */
export function planOf(document: Document, { provider }: Target, label: Label): string | null {
  const plan = credentialRecord(document, provider, label)?.subscriptionType
  return typeof plan === "string" ? plan : null
}

function withLastReceipt(
  pool: Pool,
  target: Target,
  before: Document,
  document: Document,
  receipt: SelectionReceipt,
): Document {
  recordHistory(pool, target, before, receipt)
  return patchTarget(document, target.vaultKey, { lastSelectionReceipt: receipt })
}

/**
 * Clients that were running before the switch go on with the login that they have read. `since` is
 * when the present login was written: a client older than that may hold another one than
 * `previous`, even the one that is being switched to.
 */
async function stillHeld(
  { target, store }: Observed["held"],
  label: Label,
  previous: Label | null,
  since: number | null,
): Promise<Finding[]> {
  if (previous === null || previous === label || target.rereads) return []
  const { holders } = await target.holders(store)
  return holders.map(({ pid, command, startedAt }) => {
    const isOlder = startedAt !== null && since !== null && startedAt < since
    const keeps = isOlder ? "the login that it began with" : `\`${previous}\``
    return {
      kind: "previous_label_in_use",
      ...(isOlder ? {} : { label: previous }),
      pid,
      command,
      detail: `${command} (pid ${pid}) was running before the switch and keeps ${keeps} until it is started anew`,
      hint: "restart it to use the new label",
    }
  })
}
