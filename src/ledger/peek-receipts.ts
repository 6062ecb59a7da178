import { Database } from "bun:sqlite"
import { basename, dirname } from "node:path"
import { listNames } from "../system/files.ts"
import { openAsItStands } from "./as-it-stands.ts"
import type { StoredReceipt } from "./ledger.ts"
import { receipts } from "./receipts.ts"
import { schemaVersion } from "./schema.ts"
import { sqlOf } from "./sql.ts"

/**
 * The newest `limit` receipts for somebody who can do without them: none where the ledger is not
 * there, damaged, newer or locked. Makes no file, not even the two beside a WAL.
 */
export async function peekReceipts(file: string, limit: number): Promise<StoredReceipt[]> {
  try {
    const database = open(file, await isInUse(file))
    try {
      const sql = sqlOf(database)
      // Throws at a newer aim's ledger, and at another program's database.
      schemaVersion(database)
      const found = receipts(sql, { limit })
      sql.finalize()
      return found
    } finally {
      database.close()
    }
  } catch {
    return []
  }
}

/** A WAL stands beside a file that is open elsewhere, or whose writer was killed. */
async function isInUse(file: string): Promise<boolean> {
  return (await listNames(dirname(file))).includes(`${basename(file)}-wal`)
}

/** Only a file in which nobody writes may be called immutable, and only then nothing is made. */
function open(file: string, inUse: boolean): Database {
  return inUse ? new Database(file, { readonly: true }) : openAsItStands(file)
}
