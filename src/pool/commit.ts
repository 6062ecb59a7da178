import { asObject, type Document } from "../domain/document.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import type { HistoryEntry } from "../ledger/ledger.ts"
import { now } from "../system/clock.ts"
import type { Pool } from "./pool.ts"

const POOL_KEYS: readonly [ProviderId, string][] = [
  ["openai-codex", "openaiCodex"],
  ["anthropic", "anthropic"],
]

/**
 * Commits a pure change to the vault, and with it what the vault carries of the ledger (design
 * §5): entries in the file that the ledger lacks are taken in first, then the bounded history is
 * written out. A change that returns its own document writes nothing.
 */
export async function commit(
  pool: Pool,
  change: (document: Document) => Document,
): Promise<Document> {
  const snapshot = await pool.vault.commit((document) => {
    const changed = change(document)
    return changed === document ? document : withHistory(pool, changed)
  })
  return snapshot.document
}

/** The document with the bounded history of the ledger, which has taken in the document's first. */
export function withHistory(pool: Pool, document: Document): Document {
  let poolBlock = document.pool
  for (const [provider, key] of POOL_KEYS) {
    const block = asObject(poolBlock[key]) ?? {}
    pool.ledger.seedHistory(provider, historyOf(block.history))
    const history = pool.ledger.history(provider, now())
    if (history.length === 0 && block.history === undefined) continue
    poolBlock = { ...poolBlock, [key]: { ...block, history } }
  }
  return poolBlock === document.pool ? document : { ...document, pool: poolBlock }
}

function historyOf(value: unknown): HistoryEntry[] {
  if (!Array.isArray(value)) return []
  return value.filter(
    (entry): entry is HistoryEntry =>
      typeof entry?.observedAt === "string" && typeof entry?.kind === "string",
  )
}
