import { asObject, type Document } from "../domain/document.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import type { HistoryEntry } from "../ledger/ledger.ts"
import { RECEIPTS_FOR } from "../ledger/retention.ts"
import { now } from "../system/clock.ts"
import { parseIso } from "../system/time.ts"
import type { Pool } from "./pool.ts"

/** The providers' keys under `pool`. */
export const POOL_KEYS: readonly (readonly [ProviderId, string])[] = [
  ["openai-codex", "openaiCodex"],
  ["anthropic", "anthropic"],
]

/** Where the reference keeps a client's last receipts, by the client's name here. */
const CLIENTS: readonly (readonly [target: string, vaultKey: string])[] = [
  ["codex", "codexCli"],
  ["claude", "claudeCli"],
  ["pi", "piCli"],
  ["openclaw", "openclaw"],
]
const RECEIPTS = ["lastSelectionReceipt", "lastApplyReceipt", "lastWatchReceipt"]

/**
 * Takes in what `secrets.json` carries of the ledger and the ledger lacks (design §5): all of it
 * when the ledger was lost, else what another program has added. Mostly nothing is to be written.
 * @param document the file as it stands, not as a change will leave it
 */
export function seedLedger(pool: Pool, document: Document): void {
  seedHistory(pool, document)
  for (const [target, key] of CLIENTS) seedReceipts(pool, target, document.targets[key])
  seedReceipts(pool, "hermes", asObject(document.pool.openaiCodex)?.hermesFleet)
}

/** The history's part of {@link seedLedger}. */
export function seedHistory(pool: Pool, document: Document): void {
  for (const [provider, key] of POOL_KEYS)
    pool.ledger.seedHistory(provider, historyOf(asObject(document.pool[key])?.history))
}

function seedReceipts(pool: Pool, target: string, block: unknown): void {
  for (const key of RECEIPTS) {
    const receipt = asObject(asObject(block)?.[key])
    if (receipt === null || typeof receipt.action !== "string") continue
    // What retention has dropped must not come back at every commit.
    const old = (parseIso(receipt.observedAt) ?? now()) < now() - RECEIPTS_FOR
    if (!old) pool.ledger.seedReceipt(receipt.action, target, receipt)
  }
}

function historyOf(value: unknown): HistoryEntry[] {
  if (!Array.isArray(value)) return []
  return value.filter(
    (entry): entry is HistoryEntry =>
      typeof entry?.observedAt === "string" && typeof entry?.kind === "string",
  )
}
