import type { InferOutput } from "valibot"
import { activeLabel, asObject, type Document, targetBlock } from "../domain/document.ts"
import { importStatus } from "../domain/import-status.ts"
import { storedLogin } from "../domain/stored-login.ts"
import type { Held } from "../pool/stores.ts"
import { fail } from "../system/errors.ts"
import type { Target } from "../targets/target.ts"
import type * as schema from "./status-schema/clients.ts"
import { storedReceipt, storedText } from "./status-stored.ts"

export type ClientStatus = InferOutput<typeof schema.ClientStatus>

export async function clientStatus(
  target: Target,
  document: Document,
  stores: readonly Held[],
): Promise<ClientStatus> {
  const held = primaryOf(target, stores)
  const block = targetBlock(document, target.vaultKey)
  const active = activeLabel(document, target.vaultKey)
  const view = await target.describe(held.store)
  const imported = importStatus(document, target.provider)
  return {
    source: imported.source,
    importedAt: imported.importedAt,
    importedLabels: imported.labels,
    homeDir: held.store.home,
    authPath: held.store.file,
    storeMode: view.storeMode,
    storeSource: view.storeSource,
    storeConfigPath: view.storeConfigPath,
    storeError: view.storeError,
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
}

/** The client's own home, the one that `use` switches. */
export function primaryOf(target: Target, stores: readonly Held[]): Held {
  const held = stores.find((each) => each.target.id === target.id && each.store.primary)
  return held ?? fail("no_primary_store", `no home was read for ${target.id}`)
}
