import { asObject, type Document } from "../domain/document.ts"
import { now } from "../system/clock.ts"
import type { Pool } from "./pool.ts"
import { POOL_KEYS, seedHistory, seedLedger } from "./seed.ts"

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
    if (changed === document) return document
    seedLedger(pool, document)
    return withHistory(pool, changed)
  })
  return snapshot.document
}

/** The document with the bounded history of the ledger, which has taken in the document's first. */
export function withHistory(pool: Pool, document: Document): Document {
  seedHistory(pool, document)
  let poolBlock = document.pool
  for (const [provider, key] of POOL_KEYS) {
    const block = asObject(poolBlock[key]) ?? {}
    const history = pool.ledger.history(provider, now())
    if (history.length === 0 && block.history === undefined) continue
    poolBlock = { ...poolBlock, [key]: { ...block, history } }
  }
  return poolBlock === document.pool ? document : { ...document, pool: poolBlock }
}
