import type { InferOutput } from "valibot"
import { activeLabel, asObject, type Document, targetBlock } from "../../domain/document.ts"
import { importStatus } from "../../domain/import/status.ts"
import { storedLogin } from "../../domain/stored-login.ts"
import type { Held } from "../../pool/stores.ts"
import { fail } from "../../system/errors.ts"
import type { Target } from "../../targets/target.ts"
import type * as schema from "./schema/clients.ts"
import { storedReceipt, storedText } from "./stored.ts"

export type ClientStatus = InferOutput<typeof schema.ClientStatus>

/** What the block of every client of one login file has, and its home as it may be shown. */
export async function heldStatus(target: Target, document: Document, stores: readonly Held[]) {
  const held = primaryOf(target, stores)
  const block = targetBlock(document, target.vaultKey)
  const active = activeLabel(document, target.vaultKey)
  const view = await target.describe(held.store)
  const imported = importStatus(document, target.provider)
  const status = {
    source: imported.source,
    importedAt: imported.importedAt,
    importedLabels: imported.labels,
    authPath: held.store.file,
    activeLabel: active,
    activeAccountPresent: active !== null && Object.hasOwn(document.accounts, active),
    activeCredentialPresent:
      active !== null &&
      storedLogin(document, { provider: target.provider, label: active }) !== null,
    expectedAccountId: storedText(block.expectedAccountId),
    actualAccountId: view.accountId,
    inferredLabel: held.owner?.label ?? null,
    relation: held.owner?.relation ?? null,
    readback: {
      ...view,
      ok: view.exists && view.problem === null,
      error: view.problem?.message ?? null,
    },
    sourceHomes: Object.keys(asObject(block.sourceHomes) ?? {}),
    lastSelectionReceipt: storedReceipt(block.lastSelectionReceipt),
    lastWatchReceipt: storedReceipt(block.lastWatchReceipt),
    lastAppliedAt: storedText(block.lastAppliedAt),
  }
  return { view, status }
}

/** Codex's block: a store mode besides. */
export async function clientStatus(
  target: Target,
  document: Document,
  stores: readonly Held[],
): Promise<ClientStatus> {
  const { view, status } = await heldStatus(target, document, stores)
  const { storeMode, storeSource, storeConfigPath, storeError } = view
  return { ...status, homeDir: view.home, storeMode, storeSource, storeConfigPath, storeError }
}

/** The client's own home, the one that `use` switches. */
export function primaryOf(target: Target, stores: readonly Held[]): Held {
  const held = stores.find((each) => each.target.id === target.id && each.store.primary)
  return held ?? fail("no_primary_store", `no home was read for ${target.id}`)
}
